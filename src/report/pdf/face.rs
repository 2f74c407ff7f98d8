//! The two faces that reports are set in, and how wide their characters are.
//!
//! DejaVu Sans Condensed has Latin, Greek, Cyrillic and a good deal more; its bold face has a little less.

use allsorts::binary::read::ReadScope;
use allsorts::error::ParseError;
use allsorts::font::read_cmap_subtable;
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable, OpenTypeFont};
use allsorts::tag;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// A character as a face draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The face that has it.
    pub(super) face: Face,
    /// Its number there.
    pub(super) id: u16,
    /// How far it moves on, in thousandths of the size.
    pub(super) advance: u16,
}

/// What stands where no face has a character: an empty square.
const PLACEHOLDER: char = '□';

impl Face {
    /// The font file.
    pub(super) fn file(self) -> &'static [u8] {
        match self {
            Face::Regular => dejavu::sans_condensed::regular(),
            Face::Bold => dejavu::sans_condensed::bold(),
        }
    }

    /// The character as this face has it, or the other one, or a placeholder for it.
    pub(super) fn glyph(self, character: char) -> Glyph {
        self.own(character)
            .or_else(|| Face::Regular.own(character))
            .or_else(|| Face::Regular.own(PLACEHOLDER))
            .unwrap_or(Glyph { face: self, id: 0, advance: 600 })
    }

    fn own(self, character: char) -> Option<Glyph> {
        let known = match self {
            Face::Regular => &*REGULAR,
            Face::Bold => &*BOLD,
        };
        let (id, advance) = known.find(character)?;
        Some(Glyph { face: self, id, advance })
    }

    /// How wide a text is at a size, in points.
    pub(super) fn width(self, text: &str, size: u8) -> f32 {
        let thousandths: u32 = text.chars().map(|character| u32::from(self.glyph(character).advance)).sum();
        // Exact: no line is 2^24 thousandths long.
        thousandths as f32 * f32::from(size) / 1000.0
    }
}

/// The text without what only chooses between looks of the character before it, which no face here knows.
pub(super) fn drawable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| !matches!(character, '\u{fe00}'..='\u{fe0f}'))
}

/// The characters of a face: number and advance of each.
struct Known {
    ascii: [Option<(u16, u16)>; 128],
    others: HashMap<char, (u16, u16)>,
}

static REGULAR: LazyLock<Known> = LazyLock::new(|| Known::of(Face::Regular));
static BOLD: LazyLock<Known> = LazyLock::new(|| Known::of(Face::Bold));

impl Known {
    fn of(face: Face) -> Known {
        Known::read(face.file()).unwrap_or_else(|cause| {
            tracing::error!(%cause, ?face, "a font of the program's own can not be read");
            Known { ascii: [None; 128], others: HashMap::new() }
        })
    }

    fn read(file: &[u8]) -> Result<Known, ParseError> {
        let font = ReadScope::new(file).read::<OpenTypeFont<'_>>()?;
        let tables = font.table_provider(0)?;
        let [head, hhea, maxp] = [tag::HEAD, tag::HHEA, tag::MAXP].map(|tag| tables.read_table_data(tag));
        let (head, hhea, maxp) = (head?, hhea?, maxp?);
        let per_em = ReadScope::new(&head).read::<HeadTable>()?.units_per_em;
        let metrics = usize::from(ReadScope::new(&hhea).read::<HheaTable>()?.num_h_metrics);
        let glyphs = usize::from(ReadScope::new(&maxp).read::<MaxpTable>()?.num_glyphs);
        let (widths, characters) = (tables.read_table_data(tag::HMTX)?, tables.read_table_data(tag::CMAP)?);
        let widths = ReadScope::new(&widths).read_dep::<HmtxTable<'_>>((glyphs, metrics))?;
        let characters = ReadScope::new(&characters).read::<Cmap<'_>>()?;
        let (_, characters) = read_cmap_subtable(&characters)?.ok_or(ParseError::UnsuitableCmap)?;
        let mut known = Known { ascii: [None; 128], others: HashMap::with_capacity(glyphs) };
        characters.mappings_fn(|character, id| {
            let advance = widths.horizontal_advance(id).unwrap_or_default();
            known.add(character, id, thousandths(advance, per_em));
        })?;
        Ok(known)
    }

    fn add(&mut self, character: u32, id: u16, advance: u16) {
        let Some(character) = char::from_u32(character).filter(|_| id != 0) else { return };
        match self.ascii.get_mut(character as usize) {
            Some(place) => *place = Some((id, advance)),
            None => {
                self.others.insert(character, (id, advance));
            }
        }
    }

    fn find(&self, character: char) -> Option<(u16, u16)> {
        match self.ascii.get(character as usize) {
            Some(place) => *place,
            None => self.others.get(&character).copied(),
        }
    }
}

fn thousandths(advance: u16, per_em: u16) -> u16 {
    let wide = (u32::from(advance) * 1000 + u32::from(per_em) / 2).checked_div(u32::from(per_em));
    wide.and_then(|wide| u16::try_from(wide).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_of_europe_are_there_in_both_faces() {
        for character in "AZaz09 €£ÅåØøŁłŻżĆćŚśŐőŰűΑΩάώЀЯяЇї–—…“”•".chars()
        {
            for face in [Face::Regular, Face::Bold] {
                let glyph = face.glyph(character);
                assert_eq!((glyph.face, glyph == face.glyph(PLACEHOLDER)), (face, false), "{character}");
                assert!(glyph.advance > 100, "{character}: {glyph:?}");
            }
        }
    }

    #[test]
    fn what_no_face_has_is_a_square() {
        let square = Face::Regular.glyph('□');
        assert!(square.advance > 300);
        for character in ['自', '\u{10ffff}', '𓀀'] {
            assert_eq!(Face::Bold.glyph(character), square, "{character}");
        }
        assert_eq!(drawable("a\u{2764}\u{fe0f}b").collect::<String>(), "a\u{2764}b");
    }

    #[test]
    fn a_text_is_as_wide_as_its_characters() {
        let one = Face::Regular.width("8", 10);
        assert!((5.0..7.0).contains(&one), "{one}");
        assert!((Face::Regular.width("8,888", 10) - 4.0 * one - Face::Regular.width(",", 10)).abs() < 0.01);
        assert!(Face::Bold.width("Order", 10) > Face::Regular.width("Order", 10));
    }
}

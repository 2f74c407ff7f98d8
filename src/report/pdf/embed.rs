//! Puts the cut fonts into a document (PDF 32000-1, 9.7.4 and 9.10.3).

use super::cut::Cut;
use super::face::Face;
use super::unhinted::unhinted;
use allsorts::binary::read::ReadScope;
use allsorts::error::ParseError;
use allsorts::subset::{CmapTarget, SubsetError, SubsetProfile, subset};
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, OpenTypeFont};
use allsorts::tag;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use std::fmt::Write;

/// Why a font could not be cut: a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum CutError {
    /// The font file.
    #[error("a font can not be read: {0}")]
    Read(#[from] ParseError),
    /// The cut.
    #[error("a font can not be cut: {0}")]
    Cut(#[from] SubsetError),
}

/// Adds what a font needs besides; answers the font's own dictionary.
pub(super) fn embedded(doc: &mut Document, cut: &Cut, tag: usize) -> Result<Dictionary, CutError> {
    let (ids, map) = glyphs(cut);
    let font = ReadScope::new(cut.face.file()).read::<OpenTypeFont<'_>>()?;
    let tables = font.table_provider(0)?;
    // A font in a PDF needs its outlines and their measures; which code is which glyph is told beside it.
    let needed = SubsetProfile::Custom(vec![tag::HEAD, tag::HHEA, tag::HMTX, tag::MAXP]);
    let file = unhinted(&subset(&tables, &ids, &needed, CmapTarget::Unicode)?)?;
    let name = Object::Name(format!("{}+{}", letters(tag), name(cut.face)).into_bytes());
    let file = doc.add_object(compressed(dictionary! { "Length1" => whole(file.len()) }, &file));
    let descriptor = descriptor(&tables, name.clone(), Object::Reference(file))?;
    let descriptor = doc.add_object(descriptor);
    let map = doc.add_object(compressed(Dictionary::new(), &map));
    let unicode = doc.add_object(compressed(Dictionary::new(), to_unicode(cut).as_bytes()));
    let system = dictionary! {
        "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
        "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
        "Supplement" => 0,
    };
    let descendant = doc.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => name.clone(),
        "CIDSystemInfo" => system,
        "FontDescriptor" => descriptor,
        "CIDToGIDMap" => map,
        "DW" => 0,
        "W" => widths(cut),
    });
    Ok(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => unicode,
    })
}

/// A stream that is packed where that makes it shorter.
pub(super) fn compressed(mut dictionary: Dictionary, content: &[u8]) -> Stream {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to memory can not fail.
    let written = std::io::Write::write_all(&mut packed, content).and_then(|()| packed.finish());
    match written {
        Ok(packed) if packed.len() < content.len() => {
            dictionary.set("Filter", "FlateDecode");
            Stream::new(dictionary, packed)
        }
        _ => Stream::new(dictionary, content.to_vec()),
    }
}

/// The numbers of the glyphs in the font, each once, the one for nothing first; and for each code its place among them.
fn glyphs(cut: &Cut) -> (Vec<u16>, Vec<u8>) {
    let mut ids = vec![0];
    let mut map = vec![0_u8; 512];
    for (code, glyph, _) in &cut.characters {
        let place = ids.iter().position(|id| *id == glyph.id).unwrap_or_else(|| {
            ids.push(glyph.id);
            ids.len() - 1
        });
        let place = u16::try_from(place).unwrap_or_default().to_be_bytes();
        let at = usize::from(*code) * 2;
        if let Some(cell) = map.get_mut(at..at + 2) {
            cell.copy_from_slice(&place);
        }
    }
    (ids, map)
}

/// `[code [width] code [width] ...]`.
fn widths(cut: &Cut) -> Vec<Object> {
    let of = |(code, glyph, _): &(u8, super::face::Glyph, char)| {
        [Object::Integer((*code).into()), Object::Array(vec![Object::Integer(glyph.advance.into())])]
    };
    cut.characters.iter().flat_map(of).collect()
}

fn descriptor(tables: &impl FontTableProvider, name: Object, file: Object) -> Result<Dictionary, ParseError> {
    let (head, hhea) = (tables.read_table_data(tag::HEAD)?, tables.read_table_data(tag::HHEA)?);
    let head = ReadScope::new(&head).read::<HeadTable>()?;
    let hhea = ReadScope::new(&hhea).read::<HheaTable>()?;
    let per_em = i64::from(head.units_per_em).max(1);
    let scaled = |units: i16| Object::Integer(i64::from(units) * 1000 / per_em);
    let corners = [head.x_min, head.y_min, head.x_max, head.y_max];
    Ok(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name,
        // Its characters are none of a standard set.
        "Flags" => 4,
        "FontBBox" => corners.map(scaled).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => scaled(hhea.ascender),
        "Descent" => scaled(hhea.descender),
        "CapHeight" => 729,
        "StemV" => 80,
        "FontFile2" => file,
    })
}

/// What each code is in UTF-16.
fn to_unicode(cut: &Cut) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) \
         /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n\
         endcodespacerange\n",
    );
    // A hundred at the most go into one list.
    for some in cut.characters.chunks(100) {
        // Writing to a string can not fail.
        let _ = writeln!(map, "{} beginbfchar", some.len());
        for (code, _, character) in some {
            let _ = write!(map, "<{code:04X}> <");
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

/// The six letters before the name of a font that is cut, others for each cut.
fn letters(tag: usize) -> String {
    let last = u8::try_from(tag % 26).unwrap_or_default();
    format!("STORE{}", char::from(b'A' + last))
}

fn name(face: Face) -> &'static str {
    match face {
        Face::Regular => "DejaVuSansCondensed",
        Face::Bold => "DejaVuSansCondensed-Bold",
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The least that is a font, for who has to be given one.
pub(super) fn smallest() -> Vec<u8> {
    let cut = || -> Result<Vec<u8>, CutError> {
        let font = ReadScope::new(Face::Regular.file()).read::<OpenTypeFont<'_>>()?;
        let space = Face::Regular.glyph(' ').id;
        Ok(subset(&font.table_provider(0)?, &[0, space], &SubsetProfile::Minimal, CmapTarget::Unicode)?)
    };
    cut().unwrap_or_else(|cause| {
        tracing::error!(%cause, "a font of the program's own can not be cut");
        Vec::new()
    })
}

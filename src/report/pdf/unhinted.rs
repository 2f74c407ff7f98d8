//! Fonts without the programs that fit their outlines to coarse screens (OpenType 1.9, `glyf`).
//!
//! Half of a cut font is such programs. They call others that are not cut with it, and no paper needs them.

use allsorts::binary::read::ReadScope;
use allsorts::error::ParseError;
use allsorts::tables::{FontTableProvider, HeadTable, IndexToLocFormat, OpenTypeFont};
use allsorts::tag;

/// The font with outlines alone.
pub(super) fn unhinted(file: &[u8]) -> Result<Vec<u8>, ParseError> {
    let font = ReadScope::new(file).read::<OpenTypeFont<'_>>()?;
    let tables = font.table_provider(0)?;
    let mut head = tables.read_table_data(tag::HEAD)?.into_owned();
    let format = ReadScope::new(&head).read::<HeadTable>()?.index_to_loc_format;
    let (outlines, places) = (tables.read_table_data(tag::GLYF)?, tables.read_table_data(tag::LOCA)?);
    let (mut glyf, mut loca) = (Vec::new(), Vec::new());
    loca.extend_from_slice(&[0; 4]);
    let places = places_of(&places, format);
    for (begin, end) in places.iter().zip(places.iter().skip(1)) {
        let outline = outlines.get(*begin..*end).ok_or(ParseError::BadOffset)?;
        glyf.extend(stripped(outline).ok_or(ParseError::BadEof)?);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        loca.extend_from_slice(&u32::try_from(glyf.len())?.to_be_bytes());
    }
    // Places are long now.
    head.get_mut(50..52).ok_or(ParseError::BadEof)?.copy_from_slice(&[0, 1]);
    let own = |tag| tables.read_table_data(tag).map(std::borrow::Cow::into_owned);
    assembled(&[
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", own(tag::HHEA)?),
        (*b"hmtx", own(tag::HMTX)?),
        (*b"loca", loca),
        (*b"maxp", own(tag::MAXP)?),
    ])
}

fn places_of(loca: &[u8], format: IndexToLocFormat) -> Vec<usize> {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number * 256 + usize::from(*byte));
    match format {
        IndexToLocFormat::Short => loca.chunks_exact(2).map(|bytes| number(bytes) * 2).collect(),
        IndexToLocFormat::Long => loca.chunks_exact(4).map(number).collect(),
    }
}

/// An outline without its program; `None` where it ends too early.
fn stripped(outline: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 10;
    if outline.is_empty() {
        return Some(Vec::new());
    }
    let contours = i16::from_be_bytes(pair(outline, 0)?);
    let Ok(contours) = usize::try_from(contours) else {
        return composite(outline, HEADER);
    };
    let at = HEADER + contours * 2;
    let program = usize::from(u16::from_be_bytes(pair(outline, at)?));
    let mut stripped = outline.get(..at)?.to_vec();
    stripped.extend_from_slice(&[0, 0]);
    stripped.extend_from_slice(outline.get(at + 2 + program..)?);
    Some(stripped)
}

/// An outline made of others: its program comes last, and a flag tells of it.
fn composite(outline: &[u8], mut at: usize) -> Option<Vec<u8>> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    const PROGRAM: u16 = 0x0100;
    let mut stripped = outline.to_vec();
    loop {
        let flags = u16::from_be_bytes(pair(outline, at)?);
        stripped.get_mut(at..at + 2)?.copy_from_slice(&(flags & !PROGRAM).to_be_bytes());
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            stripped.truncate(at);
            return (stripped.len() == at).then_some(stripped);
        }
    }
}

fn pair(bytes: &[u8], at: usize) -> Option<[u8; 2]> {
    bytes.get(at..at + 2)?.try_into().ok()
}

/// Tables as a font file; they come in the order of their names.
fn assembled(tables: &[([u8; 4], Vec<u8>)]) -> Result<Vec<u8>, ParseError> {
    let count = u16::try_from(tables.len())?;
    let (power, exponent) = (1_u16 << count.ilog2(), u16::try_from(count.ilog2())?);
    let mut file = vec![0, 1, 0, 0];
    for number in [count, power * 16, exponent, (count - power) * 16] {
        file.extend_from_slice(&number.to_be_bytes());
    }
    let mut at = 12 + tables.len() * 16;
    for (name, table) in tables {
        file.extend_from_slice(name);
        for number in [checksum(table), u32::try_from(at)?, u32::try_from(table.len())?] {
            file.extend_from_slice(&number.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend_from_slice(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Ok(file)
}

fn checksum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| {
        let mut word = [0; 4];
        word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        u32::from_be_bytes(word)
    };
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_stay_and_programs_go() {
        // One contour that ends with point 1; a program of three bytes; two points.
        let plain = [0, 1, 0, 0, 0, 0, 0, 9, 0, 9, 0, 1, 0, 3, 7, 7, 7, 1, 1, 5, 6, 5, 6];
        let expected = [0, 1, 0, 0, 0, 0, 0, 9, 0, 9, 0, 1, 0, 0, 1, 1, 5, 6, 5, 6];
        assert_eq!(stripped(&plain).unwrap(), expected);
        // Two others, the first moved by bytes, the second by words and scaled; then a program of two bytes.
        let made = [
            0xff, 0xff, 0, 0, 0, 0, 0, 9, 0, 9, 0x00, 0x22, 0, 5, 1, 2, 0x01, 0x09, 0, 6, 0, 1, 0, 2, 0x40,
            0, 0, 2, 8, 8,
        ];
        let expected = [
            0xff, 0xff, 0, 0, 0, 0, 0, 9, 0, 9, 0x00, 0x22, 0, 5, 1, 2, 0x00, 0x09, 0, 6, 0, 1, 0, 2, 0x40, 0,
        ];
        assert_eq!(stripped(&made).unwrap(), expected);
        assert_eq!(stripped(&[]), Some(Vec::new()));
        assert_eq!(stripped(&made[..12]), None);
        assert_eq!(stripped(&plain[..11]), None);
    }
}

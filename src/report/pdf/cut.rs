//! Fonts cut to the characters that a document has, each character with a code of one byte.
//!
//! genpdf embeds a font whole, and on every save asks it for each of the 1.1 million characters there are; a standard font it
//! only names. So it is told of standard fonts, one for each [`Cut`]; the texts it prints are codes, written as the Latin-1
//! letters that have them. `embed` puts the cuts where the standard fonts were named, with a table that leads from each
//! code back to its character, so that text can be searched and copied: also where a placeholder is drawn.

use super::face::{Face, Glyph, drawable};
use std::collections::HashMap;

/// How many there may be: there are so many standard fonts.
pub(super) const MOST: usize = 14;

/// Some characters of one face.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) face: Face,
    /// Code, how it is drawn, what it is; in the order of first use.
    pub(super) characters: Vec<(u8, Glyph, char)>,
    next: Option<u8>,
}

/// All cuts of a document.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    cuts: Vec<Cut>,
    known: HashMap<(Face, char), Code>,
}

/// Where a character is: in which cut, and its code there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Code {
    cut: usize,
    code: u8,
}

impl Cut {
    fn new(face: Face, first: u8) -> Cut {
        Cut { face, characters: Vec::new(), next: Some(first) }
    }

    /// A code that is free; a soft hyphen's is none, for readers may take it for one.
    fn free(&mut self) -> Option<u8> {
        let code = self.next?;
        self.next = match code {
            0xff => None,
            0x7e => Some(0xa1),
            0xac => Some(0xae),
            code => Some(code + 1),
        };
        Some(code)
    }
}

impl Cuts {
    /// The cuts, the standard fonts' places in their order.
    pub(super) fn each(&self) -> &[Cut] {
        &self.cuts
    }

    /// The text as runs of codes, each run within one cut. A character that is new gets its code.
    pub(super) fn coded(&mut self, face: Face, text: &str) -> Vec<(usize, String)> {
        let mut runs: Vec<(usize, String)> = Vec::new();
        for character in drawable(text) {
            let Code { cut, code } = self.code(face, character);
            match runs.last_mut() {
                Some((last, run)) if *last == cut => run.push(char::from(code)),
                _ => runs.push((cut, char::from(code).to_string())),
            }
        }
        runs
    }

    fn code(&mut self, face: Face, character: char) -> Code {
        if let Some(known) = self.known.get(&(face, character)) {
            return *known;
        }
        let glyph = face.glyph(character);
        let code = match self.known.get(&(glyph.face, character)) {
            Some(code) => *code,
            None => self.added(glyph, character).unwrap_or_else(|| self.question_mark()),
        };
        self.known.insert((face, character), code);
        self.known.insert((glyph.face, character), code);
        code
    }

    /// Printable ASCII keeps its codes, in the first cut of its face; everything else takes the next one that is free.
    fn added(&mut self, glyph: Glyph, character: char) -> Option<Code> {
        let keeps_code = (' '..='~').contains(&character);
        let of_face = |cut: &Cut| cut.face == glyph.face;
        let place = match keeps_code {
            true => self.cuts.iter().position(of_face),
            false => self.cuts.iter().rposition(|cut| of_face(cut) && cut.next.is_some()),
        };
        let cut = match place {
            Some(place) => place,
            None => self.begin(glyph.face)?,
        };
        let found = self.cuts.get_mut(cut)?;
        let code = if keeps_code { u8::try_from(character).ok() } else { found.free() }?;
        found.characters.push((code, glyph, character));
        Some(Code { cut, code })
    }

    fn begin(&mut self, face: Face) -> Option<usize> {
        let is_first = !self.cuts.iter().any(|cut| cut.face == face);
        // Room for the first cuts of both faces stays.
        let last = if is_first { MOST } else { MOST - 1 };
        (self.cuts.len() < last).then(|| {
            self.cuts.push(Cut::new(face, if is_first { 0xa1 } else { 0x21 }));
            self.cuts.len() - 1
        })
    }

    /// For a document with more than a thousand different characters: better a mark than nothing.
    fn question_mark(&mut self) -> Code {
        let glyph = Face::Regular.glyph('?');
        let known = self.known.get(&(glyph.face, '?')).copied();
        let code = known.or_else(|| self.added(glyph, '?')).unwrap_or(Code { cut: 0, code: b'?' });
        self.known.insert((glyph.face, '?'), code);
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_keeps_its_codes_and_others_follow() {
        let mut cuts = Cuts::default();
        assert_eq!(cuts.coded(Face::Regular, "Łódź 1"), [(0, "¡¢d£ 1".to_owned())]);
        assert_eq!(cuts.coded(Face::Regular, "ód"), [(0, "¢d".to_owned())]);
        assert_eq!(cuts.coded(Face::Bold, "ó"), [(1, "¡".to_owned())]);
    }

    #[test]
    fn what_the_bold_face_lacks_comes_from_the_regular_one() {
        let mut cuts = Cuts::default();
        let runs = cuts.coded(Face::Bold, "a自b");
        assert_eq!(runs, [(0, "a".to_owned()), (1, "¡".to_owned()), (0, "b".to_owned())]);
        assert_eq!(cuts.each()[1].characters[0].2, '自', "what is copied is the character itself");
    }

    #[test]
    fn thousands_of_characters_end_in_question_marks_and_none_is_dropped() {
        let mut cuts = Cuts::default();
        let many: String = ('\u{4e00}'..='\u{5fff}').collect();
        let runs = cuts.coded(Face::Regular, &many);
        assert_eq!(runs.iter().map(|(_, run)| run.chars().count()).sum::<usize>(), many.chars().count());
        assert_eq!(cuts.each().len(), MOST - 1);
        assert!(runs.last().unwrap().1.ends_with("??"));
        for cut in cuts.each() {
            let mut codes: Vec<u8> = cut.characters.iter().map(|(code, ..)| *code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), cut.characters.len());
        }
    }
}

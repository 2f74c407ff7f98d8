//! What a terminal answers to questions, found in whatever else it sends.
//!
//! Sources: xterm's "Control Sequences" (DECRPM, XTGETTCAP, DECRQSS, DA1, DSR), and the words on synchronized output by
//! Christian Parpart (mode 2026).

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// How a private mode stands (DECRPM): 0 unknown, 1 set, 2 not set, 3 always set, 4 never set.
    Mode { mode: u16, state: u16 },
    /// What the terminal is (DA1): numbers of its abilities.
    Attributes(Vec<u16>),
    /// It is there (DSR).
    Well,
    /// It has this capability of terminfo (XTGETTCAP), named in hexadecimal, capitals.
    Capability(String),
    /// The colours and weight that are on (DECRQSS for SGR), as they were asked for.
    Rendition(String),
}

/// The answers among these bytes, in their order. Anything else is passed over, an answer that is cut off too.
pub(super) fn answers(bytes: &[u8]) -> Vec<Answer> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == 0x1b) {
        rest = rest.get(at + 1..).unwrap_or_default();
        let answer = match rest.split_first() {
            Some((b'[', body)) => csi(body),
            Some((b'P', body)) => dcs(body),
            _ => None,
        };
        found.extend(answer);
    }
    found
}

/// Parameters, and the letter that ends them (ECMA-48, 5.4).
fn csi(body: &[u8]) -> Option<Answer> {
    let end = body.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
    let parameters = std::str::from_utf8(body.get(..end)?).ok()?;
    match (body.get(end)?, parameters.strip_prefix('?')) {
        (b'y', Some(private)) => {
            let (mode, state) = private.strip_suffix('$')?.split_once(';')?;
            Some(Answer::Mode { mode: mode.parse().ok()?, state: state.parse().ok()? })
        }
        (b'c', Some(abilities)) => {
            Some(Answer::Attributes(abilities.split(';').filter_map(|number| number.parse().ok()).collect()))
        }
        (b'n', None) if parameters == "0" => Some(Answer::Well),
        _ => None,
    }
}

/// A string that ends with ST, or as some do with BEL.
fn dcs(body: &[u8]) -> Option<Answer> {
    let end = body.iter().position(|byte| *byte == 0x1b || *byte == 0x07)?;
    let text = std::str::from_utf8(body.get(..end)?).ok()?;
    if let Some(capability) = text.strip_prefix("1+r") {
        let name = capability.split('=').next().unwrap_or_default();
        return Some(Answer::Capability(name.to_ascii_uppercase()));
    }
    let rendition = text.strip_prefix("1$r")?.strip_suffix('m')?;
    Some(Answer::Rendition(rendition.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_are_found_between_keys_and_garbage() {
        let sent =
            b"ls\r\x1b[?2026;2$y\x1b[A\x1b[?2004;1$yx\x1b[?62;22;52c\x1b[0n\x1bP1+r524742=382f382f38\x1b\\\
            \x1bP0+r4d73\x1b\\\x1bP1$r0;48:2::1:2:3m\x1b\\\x1b[\xff\x1bP";
        assert_eq!(
            answers(sent),
            [
                Answer::Mode { mode: 2026, state: 2 },
                Answer::Mode { mode: 2004, state: 1 },
                Answer::Attributes(vec![62, 22, 52]),
                Answer::Well,
                Answer::Capability("524742".to_owned()),
                Answer::Rendition("0;48:2::1:2:3".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_cut_off_or_wrong_is_no_answer() {
        for sent in [
            &b""[..],
            b"\x1b",
            b"\x1b[",
            b"\x1b[?2026;2$",
            b"\x1b[?2026;y",
            b"\x1b[?99999999;1$y",
            b"\x1bP1+r5247",
            b"\x1b[3n",
            b"\x1b[?n",
        ] {
            assert_eq!(answers(sent), [], "{sent:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes: Vec<u8>) {
            answers(&bytes);
        }
    }
}

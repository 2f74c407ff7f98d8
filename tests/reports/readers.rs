//! Programs that read PDF and know nothing of this one.

use std::path::Path;
use std::process::Command;

/// Whether the readers are there; says so where they are not.
pub fn are_there() -> bool {
    let there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let missing: Vec<&str> =
        ["pdftotext", "pdffonts", "pdfinfo", "qpdf"].into_iter().filter(|program| !there(program)).collect();
    if !missing.is_empty() {
        eprintln!(
            "NOT RUN: {} missing; `scripts/test.sh` installs poppler-utils and qpdf where it may",
            missing.join(", ")
        );
    }
    missing.is_empty()
}

fn told(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).args(after(program)).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && errors.is_empty(), "{program} {}: {text}{errors}", file.display());
    text
}

fn after(program: &str) -> &'static [&'static str] {
    if program == "pdftotext" { &["-"] } else { &[] }
}

/// The text of a file, after everything about it has been found in order.
pub fn text(file: &Path) -> String {
    in_order(file);
    told("pdftotext", &["-layout"], file)
}

/// The text with every run of white space as one space, for sentences that go over several lines.
pub fn sentences(file: &Path) -> String {
    in_order(file);
    told("pdftotext", &[], file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many pages it has, and their size.
pub fn pages(file: &Path) -> (usize, String) {
    let info = told("pdfinfo", &[], file);
    let of = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    (of("Pages:").parse().unwrap(), of("Page size:"))
}

/// The document is sound, and each of its fonts is embedded, cut, and leads back to characters.
fn in_order(file: &Path) {
    let checked = told("qpdf", &["--check"], file);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    let fonts = told("pdffonts", &[], file);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        // name, type (two words), encoding, emb, sub, uni, object and generation
        let words: Vec<&str> = font.split_whitespace().collect();
        assert!(words[0].contains("+DejaVuSansCondensed"), "{font}");
        assert_eq!(words[words.len() - 5..words.len() - 2], ["yes", "yes", "yes"], "{font}");
    }
}

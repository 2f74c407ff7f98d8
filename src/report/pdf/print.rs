//! Pages as bytes: the only place that knows genpdf.
//!
//! genpdf 0.2 sets the texts. Its lines have one width and it fills no areas, its fonts come as `cut` says, and it packs
//! nothing: that is done to its document afterwards, with lopdf.

use super::cut::{Cuts, MOST};
use super::embed::{CutError, compressed, embedded};
use super::page::{Area, Laid, Page, Text};
use genpdf::fonts::{Font, FontCache, FontData, FontFamily};
use genpdf::render::Renderer;
use genpdf::style::{Color, Style};
use genpdf::{Mm, Position, Size};
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use printpdf::{BuiltinFont, CustomPdfConformance, PdfConformance};
use std::fmt::Write;

/// Why there are no bytes: a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The texts.
    #[error("the pages can not be set: {0}")]
    Set(#[from] genpdf::error::Error),
    /// The fonts.
    #[error(transparent)]
    Font(#[from] CutError),
    /// What is done to the document afterwards.
    #[error("the pages can not be finished: {0}")]
    Finish(#[from] lopdf::Error),
    /// Writing it.
    #[error("the pages can not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The standard fonts whose places the cuts take.
const STANDARD: [(BuiltinFont, &str); MOST] = [
    (BuiltinFont::Helvetica, "Helvetica"),
    (BuiltinFont::HelveticaBold, "Helvetica-Bold"),
    (BuiltinFont::HelveticaOblique, "Helvetica-Oblique"),
    (BuiltinFont::HelveticaBoldOblique, "Helvetica-BoldOblique"),
    (BuiltinFont::TimesRoman, "Times-Roman"),
    (BuiltinFont::TimesBold, "Times-Bold"),
    (BuiltinFont::TimesItalic, "Times-Italic"),
    (BuiltinFont::TimesBoldItalic, "Times-BoldItalic"),
    (BuiltinFont::Courier, "Courier"),
    (BuiltinFont::CourierBold, "Courier-Bold"),
    (BuiltinFont::CourierOblique, "Courier-Oblique"),
    (BuiltinFont::CourierBoldOblique, "Courier-BoldOblique"),
    (BuiltinFont::Symbol, "Symbol"),
    (BuiltinFont::ZapfDingbats, "ZapfDingbats"),
];

/// The document as the bytes of a file.
pub(super) fn bytes(laid: &Laid) -> Result<Vec<u8>, PrintError> {
    let mut cuts = Cuts::default();
    let coded: Vec<Vec<Coded<'_>>> = laid
        .pages
        .iter()
        .map(|page| page.texts.iter().map(|text| (text, cuts.coded(text.face, &text.words))).collect())
        .collect();
    let set = Setter::new(laid, cuts.each().len())?.set(&coded)?;
    let mut doc = Document::load_mem(&set)?;
    take_places(&mut doc, &cuts)?;
    finish(&mut doc, laid)?;
    let mut bytes = Vec::with_capacity(set.len() / 4);
    doc.save_to(&mut bytes)?;
    Ok(bytes)
}

/// A text, and its codes in the cuts.
type Coded<'t> = (&'t Text, Vec<(usize, String)>);

/// genpdf at work.
struct Setter {
    renderer: Renderer,
    fonts: FontCache,
    /// The standard fonts of the cuts.
    places: Vec<FontFamily<Font>>,
    paper: (f32, f32),
}

impl Setter {
    fn new(laid: &Laid, cuts: usize) -> Result<Setter, PrintError> {
        let plain = CustomPdfConformance {
            requires_icc_profile: false,
            requires_xmp_metadata: false,
            ..CustomPdfConformance::default()
        };
        let paper = Size::new(mm(laid.paper.0), mm(laid.paper.1));
        let renderer = Renderer::new(paper, "")?.with_conformance(PdfConformance::Custom(plain));
        let [helvetica, ..] = STANDARD;
        let first = standard(helvetica.0)?;
        let mut fonts = FontCache::new(family(first));
        let mut places = Vec::new();
        for (font, _) in STANDARD.into_iter().take(cuts) {
            places.push(family(fonts.add_font(standard(font)?)));
        }
        fonts.load_pdf_fonts(&renderer)?;
        Ok(Setter { renderer, fonts, places, paper: laid.paper })
    }

    fn set(mut self, pages: &[Vec<Coded<'_>>]) -> Result<Vec<u8>, PrintError> {
        for (number, texts) in pages.iter().enumerate() {
            if number > 0 {
                self.renderer.add_page(Size::new(mm(self.paper.0), mm(self.paper.1)));
            }
            for (text, runs) in texts {
                self.text(text, runs)?;
            }
        }
        let mut bytes = Vec::new();
        self.renderer.write(&mut bytes)?;
        Ok(bytes)
    }

    fn text(&self, text: &Text, runs: &[(usize, String)]) -> Result<(), PrintError> {
        let (red, green, blue) = text.ink.rgb();
        let style = |family: FontFamily<Font>| {
            let style = Style::new().with_font_family(family).with_font_size(text.size);
            style.with_color(Color::Rgb(red, green, blue))
        };
        let Some(first) = runs.first().and_then(|(cut, _)| self.places.get(*cut)) else { return Ok(()) };
        let area = self.renderer.last_page().last_layer().area();
        // genpdf takes the place of a line's top.
        let top = mm(text.baseline) - first.regular.glyph_height(text.size);
        let section = area.text_section(&self.fonts, Position { x: mm(text.left), y: top }, style(*first));
        let Some(mut section) = section else { return Ok(()) };
        for (cut, codes) in runs {
            if let Some(family) = self.places.get(*cut) {
                section.print_str(codes, style(*family))?;
            }
        }
        Ok(())
    }
}

/// A standard font, which is only named. What genpdf measures by is of no account: places are worked out before.
fn standard(font: BuiltinFont) -> Result<FontData, PrintError> {
    static MEASURES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(super::embed::smallest);
    Ok(FontData::new(MEASURES.clone(), Some(font))?)
}

fn family<T: Clone + std::fmt::Debug>(font: T) -> FontFamily<T> {
    FontFamily { regular: font.clone(), bold: font.clone(), italic: font.clone(), bold_italic: font }
}

fn mm(points: f32) -> Mm {
    Mm::from(f64::from(points) * 25.4 / 72.0)
}

/// Puts the cuts where the standard fonts were named.
fn take_places(doc: &mut Document, cuts: &Cuts) -> Result<(), PrintError> {
    let named: Vec<(ObjectId, usize)> =
        doc.objects.iter().filter_map(|(id, object)| Some((*id, place(object)?))).collect();
    for (id, place) in named {
        match cuts.each().get(place) {
            Some(cut) => {
                let font = embedded(doc, cut, place)?;
                doc.objects.insert(id, font.into());
            }
            None => {
                doc.objects.remove(&id);
            }
        }
    }
    Ok(())
}

/// Which of the standard fonts this names.
fn place(object: &Object) -> Option<usize> {
    let dictionary = object.as_dict().ok().filter(|dictionary| dictionary.type_is(b"Font"))?;
    let name = dictionary.get(b"BaseFont").and_then(Object::as_name_str).ok()?;
    STANDARD.iter().position(|(_, known)| *known == name)
}

/// Draws the areas, packs the pages, and leaves out what printpdf writes besides: layers with one name, outlines without
/// entries, and a title that is UTF-8 where UTF-16 is wanted.
fn finish(doc: &mut Document, laid: &Laid) -> Result<(), PrintError> {
    for ((_, id), page) in doc.get_pages().into_iter().zip(&laid.pages) {
        let set = doc.get_page_contents(id);
        let content = tidy(page, laid.paper.1, &doc.get_page_content(id)?);
        set.iter().for_each(|id| drop(doc.objects.remove(id)));
        let content = doc.add_object(compressed(Dictionary::new(), &content));
        let page = doc.get_object_mut(id)?.as_dict_mut()?;
        page.set("Contents", content);
        without(page, &["TrimBox", "CropBox", "Rotate"]);
        let resources = page.get(b"Resources").and_then(Object::as_reference)?;
        without(doc.get_object_mut(resources)?.as_dict_mut()?, &["Properties"]);
    }
    let root = doc.trailer.get(b"Root").and_then(Object::as_reference)?;
    let catalog = doc.get_object_mut(root)?.as_dict_mut()?;
    let outlines = catalog.get(b"Outlines").and_then(Object::as_reference);
    without(catalog, &["OCProperties", "Outlines", "PageMode", "PageLayout"]);
    catalog.set("Lang", Object::string_literal("en"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let info = doc.trailer.get(b"Info").and_then(Object::as_reference);
    for superfluous in layers(doc).into_iter().chain(outlines).chain(info) {
        doc.objects.remove(&superfluous);
    }
    let info = dictionary! {
        "Title" => utf16(&laid.title),
        "Producer" => Object::string_literal(concat!("Storekeeper ", env!("CARGO_PKG_VERSION"))),
    };
    let info = doc.add_object(info);
    doc.trailer.set("Info", info);
    doc.version = "1.7".to_owned();
    doc.renumber_objects();
    Ok(())
}

fn without(dictionary: &mut Dictionary, keys: &[&str]) {
    for key in keys {
        dictionary.remove(key.as_bytes());
    }
}

/// The layers, and what they alone refer to.
fn layers(doc: &Document) -> Vec<ObjectId> {
    let mut layers = Vec::new();
    for (id, object) in &doc.objects {
        let Some(layer) = object.as_dict().ok().filter(|layer| layer.type_is(b"OCG")) else { continue };
        let beside = [layer.get(b"Intent"), layer.get(b"Usage")];
        layers.push(*id);
        layers.extend(beside.into_iter().flatten().filter_map(|object| object.as_reference().ok()));
    }
    layers
}

/// The page's areas, and its texts: each one string instead of one a character, and without the marks of a layer and inks
/// and fonts that are in force already.
fn tidy(page: &Page, paper_height: f32, content: &[u8]) -> Vec<u8> {
    let mut tidy = areas(page, paper_height).into_bytes();
    let (mut ink, mut font): (&[u8], &[u8]) = (&[], &[]);
    for line in content.split(|byte| *byte == b'\n') {
        let is = |operator: &[u8]| line.ends_with(operator);
        // genpdf goes back to its own black after each text, though the next one names its ink.
        if line.starts_with(b"/OC ") || line == b"EMC" || is(b" TL") || line == GENPDFS_BLACK {
            continue;
        }
        let in_force = if is(b" rg") { Some(&mut ink) } else { is(b" Tf").then_some(&mut font) };
        if in_force.is_some_and(|in_force| std::mem::replace(in_force, line) == line) {
            continue;
        }
        if is(b"TJ") {
            joined(line, &mut tidy)
        } else {
            tidy.extend_from_slice(line)
        }
        tidy.push(b'\n');
    }
    tidy
}

const GENPDFS_BLACK: &[u8] = b"0.00 0.00 0.00 rg";

/// `[<0048><0069>] TJ` as `[<00480069>] TJ`.
fn joined(line: &[u8], out: &mut Vec<u8>) {
    let mut rest = line;
    while let Some(byte) = rest.first() {
        if rest.starts_with(b"><") {
            rest = rest.get(2..).unwrap_or_default();
        } else {
            out.push(*byte);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
}

fn areas(page: &Page, paper_height: f32) -> String {
    let mut drawn = String::new();
    let mut ink = None;
    for Area { left, top, width, height, ink: own } in &page.areas {
        if ink != Some(*own) {
            let (red, green, blue) = own.rgb();
            let part = |part: u8| f32::from(part) / 255.0;
            // Writing to a string can not fail.
            let _ = writeln!(drawn, "{:.3} {:.3} {:.3} rg", part(red), part(green), part(blue));
            ink = Some(*own);
        }
        let bottom = paper_height - top - height;
        let _ = writeln!(drawn, "{left:.2} {bottom:.2} {width:.2} {height:.2} re f");
    }
    drawn
}

/// Text beside the pages, with the mark of UTF-16 before it.
fn utf16(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

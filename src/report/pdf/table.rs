//! Tables: columns as wide as what is in them, and one that takes the rest.

use super::face::Face;
use super::flow::{Flow, Set};
use super::page::{Area, Ink};

/// Between two columns.
const GAP: f32 = 11.0;
/// Above and below the text of a row.
const PADDING: f32 = 2.6;
/// Less room than this is little for the column that takes what is left.
const NARROW: f32 = 190.0;
/// A column of words is no wider than this; numbers are never broken.
const WIDEST: f32 = 120.0;

const TITLE: Set = Set { face: Face::Bold, ..Set::SMALL };

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words that take what room the others leave. One column of a table is of this kind.
    Wide,
    /// Words.
    Words,
    /// Numbers, to the right.
    Number,
}

impl Kind {
    /// Sets a line within a column that begins there and is so wide.
    fn set(self, flow: &mut Flow, set: Set, (left, width): (f32, f32), baseline: f32, line: &str) {
        match self {
            Kind::Number => flow.text_to(left + width, baseline, set, line),
            Kind::Wide | Kind::Words => flow.text(left, baseline, set, line),
        }
    }
}

/// A column's title and kind.
pub(super) type Column<'t> = (&'t str, Kind);

/// The columns of a table, placed.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    titles: Vec<String>,
    kinds: Vec<Kind>,
    widths: Vec<f32>,
}

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// A sum of what is above it.
    Total,
}

impl Look {
    fn set(self) -> Set {
        match self {
            Look::Plain => Set::BODY,
            Look::Total => Set::STRONG,
        }
    }
}

impl Columns {
    /// Columns for these rows, over the whole width of the page.
    pub(super) fn new<'r>(
        flow: &Flow,
        columns: &[Column<'_>],
        rows: impl Iterator<Item = &'r [String]>,
    ) -> Columns {
        let mut contents = vec![0.0_f32; columns.len()];
        for row in rows {
            for (width, cell) in contents.iter_mut().zip(row) {
                // Sums below are set in bold, which is wider.
                *width = width.max(Set::STRONG.width(cell));
            }
        }
        let whole = |title: &str| TITLE.width(title);
        let words = |title: &str| title.split(' ').map(whole).fold(0.0, f32::max);
        // Titles go over several lines only where that gives room that is needed.
        let widths = placed(flow.width(), columns, &contents, whole);
        let is_narrow =
            widths.iter().zip(columns).any(|(width, (_, kind))| *kind == Kind::Wide && *width < NARROW);
        let widths = if is_narrow { placed(flow.width(), columns, &contents, words) } else { widths };
        let (titles, kinds) = columns.iter().map(|(title, kind)| ((*title).to_owned(), *kind)).unzip();
        Columns { titles, kinds, widths }
    }

    /// The titles, with a rule below.
    pub(super) fn head(&self, flow: &mut Flow) {
        let wrapped: Vec<Vec<String>> =
            self.titles.iter().zip(&self.widths).map(|(title, width)| TITLE.wrapped(title, *width)).collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        flow.space(most as f32 * TITLE.leading() + 1.5);
        let last = flow.y() - 4.0;
        let mut left = flow.left();
        for ((lines, kind), width) in wrapped.iter().zip(&self.kinds).zip(&self.widths) {
            for (above, line) in lines.iter().rev().enumerate() {
                let baseline = last - above as f32 * TITLE.leading();
                kind.set(flow, TITLE, (left, *width), baseline, line);
            }
            left += width + GAP;
        }
        flow.rule(0.8, Ink::Grey);
    }

    /// How high a row is.
    pub(super) fn height(&self, cells: &[String], look: Look) -> f32 {
        let lines = |(cell, width): (&String, &f32)| look.set().wrapped(cell, *width).len();
        let most = cells.iter().zip(&self.widths).map(lines).max().unwrap_or(1);
        most as f32 * look.set().leading() + 2.0 * PADDING
    }

    /// A row; on a new page `again` comes before it, and then the head.
    pub(super) fn row(&self, flow: &mut Flow, cells: &[String], look: Look, again: impl FnOnce(&mut Flow)) {
        let set = look.set();
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(&self.widths).map(|(cell, width)| set.wrapped(cell, *width)).collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        let height = most as f32 * set.leading() + 2.0 * PADDING;
        if flow.need(height) {
            again(flow);
            self.head(flow);
        }
        let first = flow.y() + PADDING + f32::from(set.size);
        let mut left = flow.left();
        for ((lines, kind), width) in wrapped.iter().zip(&self.kinds).zip(&self.widths) {
            for (number, line) in lines.iter().enumerate() {
                let baseline = first + number as f32 * set.leading();
                kind.set(flow, set, (left, *width), baseline, line);
            }
            left += width + GAP;
        }
        flow.space(height);
        let (left, width) = (flow.left(), flow.width());
        flow.area(Area { left, top: flow.y() - 0.4, width, height: 0.4, ink: Ink::Faint });
    }

    /// A whole table.
    pub(super) fn table(&self, flow: &mut Flow, rows: &[(Vec<String>, Look)]) {
        let first = rows.first().map_or(0.0, |(cells, look)| self.height(cells, *look));
        flow.need(Set::SMALL.leading() + first);
        self.head(flow);
        for (cells, look) in rows {
            self.row(flow, cells, *look, |_| {});
        }
    }
}

/// How wide each column is, when all together are so wide.
fn placed(whole: f32, columns: &[Column<'_>], contents: &[f32], title: impl Fn(&str) -> f32) -> Vec<f32> {
    let of = |((words, kind), content): (&Column<'_>, &f32)| match kind {
        Kind::Wide => 0.0,
        Kind::Words => content.min(WIDEST).max(title(words)),
        Kind::Number => content.max(title(words)),
    };
    let mut widths: Vec<f32> = columns.iter().zip(contents).map(of).collect();
    let taken = widths.iter().sum::<f32>() + GAP * columns.len().saturating_sub(1) as f32;
    for (width, (_, kind)) in widths.iter_mut().zip(columns) {
        if *kind == Kind::Wide {
            *width = (whole - taken).max(60.0);
        }
    }
    widths
}

//! Rows of a frame that the terminal shows already, higher up or further down.

use ratatui::buffer::{Buffer, Cell};

/// Frames with fewer changed rows are drawn plainly: there is nothing to gain.
const LEAST_ROWS: usize = 4;
/// What moving rows costs, in bytes, at the most.
const COST: usize = 36;
/// What going to another cell costs, in bytes.
const MOVE: usize = 8;

/// Rows from `top` to before `bottom`, of which all move by `by`; those that come in are blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) top: u16,
    pub(super) bottom: u16,
    pub(super) up: bool,
    pub(super) by: u16,
}

impl Shift {
    /// Does to `buffer` what the terminal does to its screen.
    pub(super) fn apply(self, buffer: &mut Buffer) {
        let cell = |row: u16| usize::from(row) * usize::from(buffer.area.width);
        let (top, bottom, moved) = (cell(self.top), cell(self.bottom), cell(self.by));
        let Some(rows) = buffer.content.get_mut(top..bottom) else { return };
        let coming = if self.up {
            rows.rotate_left(moved);
            rows.len() - moved..rows.len()
        } else {
            rows.rotate_right(moved);
            0..moved
        };
        rows.get_mut(coming).into_iter().flatten().for_each(|cell| *cell = Cell::EMPTY);
    }
}

/// The move after which the least is left to draw, where it is worth its bytes.
pub(super) fn find(shown: &Buffer, next: &Buffer) -> Option<Shift> {
    let width = usize::from(next.area.width);
    if width == 0 || shown.area != next.area {
        return None;
    }
    let pairs: Vec<Pair> = shown.content.chunks_exact(width).zip(next.content.chunks_exact(width)).collect();
    let changed: Vec<usize> =
        pairs.iter().enumerate().filter(|(_, (old, new))| old != new).map(|(row, _)| row).collect();
    let (&first, &last) = (changed.first()?, changed.last()?);
    if changed.len() < LEAST_ROWS {
        return None;
    }
    let shift = likely(pairs.get(first..=last)?, first)?;
    let rows = pairs.get(usize::from(shift.top)..usize::from(shift.bottom))?;
    (left_to_draw(rows, shift) + COST < plainly(rows)).then_some(shift)
}

/// A row as it is shown, and as it shall be.
type Pair<'a> = (&'a [Cell], &'a [Cell]);

/// The move that brings the most changed rows of these to where their text shall be; `first` is where these begin.
fn likely(pairs: &[Pair], first: usize) -> Option<Shift> {
    let (old, new): (Vec<u64>, Vec<u64>) =
        pairs.iter().map(|(old, new)| (fingerprint(old), fingerprint(new))).unzip();
    let gained = |by: usize, up: bool| {
        let (from, to) = if up { (old.get(by..), new.get(..)) } else { (old.get(..), new.get(by..)) };
        let kept = if up { old.get(..) } else { old.get(by..) };
        let rows = from.into_iter().flatten().zip(to.into_iter().flatten()).zip(kept.into_iter().flatten());
        rows.enumerate().filter(|(_, ((from, to), kept))| from == to && kept != to).map(|(row, _)| row)
    };
    let ways = (1..pairs.len()).flat_map(|by| [(by, true), (by, false)]);
    // Of two that are as good, the shorter: `max_by_key` takes the last.
    let (by, up) = ways.rev().max_by_key(|(by, up)| gained(*by, *up).count())?;
    let (least, most) = (gained(by, up).min()?, gained(by, up).max()?);
    Some(Shift {
        top: u16::try_from(first + least).ok()?,
        bottom: u16::try_from(first + most + by + 1).ok()?,
        up,
        by: u16::try_from(by).ok()?,
    })
}

/// Tells rows of different text apart, nearly always; cheaper than comparing each with each.
fn fingerprint(row: &[Cell]) -> u64 {
    // The step of rustc's FxHash: rotate, mix in, multiply by an odd number without a pattern.
    let mix =
        |hash: u64, byte: &u8| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    row.iter().fold(0, |hash, cell| cell.symbol().as_bytes().iter().fold(hash, mix))
}

fn plainly(rows: &[Pair]) -> usize {
    rows.iter().map(|(old, new)| bytes(old, new)).sum()
}

/// What is to be drawn after these rows have been moved.
fn left_to_draw(rows: &[Pair], shift: Shift) -> usize {
    let by = usize::from(shift.by);
    let blank = vec![Cell::EMPTY; rows.first().map_or(0, |(old, _)| old.len())];
    let from = |row: usize| if shift.up { row.checked_add(by) } else { row.checked_sub(by) };
    let moved =
        |row: usize| from(row).and_then(|from| rows.get(from)).map_or(blank.as_slice(), |(old, _)| old);
    rows.iter().enumerate().map(|(row, (_, new))| bytes(moved(row), new)).sum()
}

/// About what it takes to write the cells that differ, colours aside.
fn bytes(old: &[Cell], new: &[Cell]) -> usize {
    let mut is_there = false;
    let mut bytes = 0;
    for (old, new) in old.iter().zip(new) {
        let differs = old != new;
        if differs {
            bytes += new.symbol().len() + if is_there { 0 } else { MOVE };
        }
        is_there = differs;
    }
    bytes
}

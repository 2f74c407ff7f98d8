//! A QR code in half blocks: two modules to a row of the terminal.

use super::put;
use crate::tui::model::widgets::qr::Qr;
use crate::tui::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Span;

/// No role of a theme, and the same without colour: a phone reads dark on light, and turned around many read nothing.
const INK: Style = Style::new().fg(Color::Black).bg(Color::White);
/// The empty modules around a code that the standard asks for (ISO/IEC 18004, 5.3.8), and those that still do on a screen.
const QUIET: [usize; 2] = [4, 2];

/// Draws the code at the upper left of `area`; answers the room it took, nothing where it does not fit, or there are no
/// half blocks to draw it with.
pub fn qr(code: &Qr, area: Rect, buffer: &mut Buffer, theme: &Theme) -> Option<Rect> {
    if theme.ascii {
        return None;
    }
    let fits = |quiet: &usize| {
        let side = code.width() + 2 * quiet;
        side <= area.width.into() && side.div_ceil(2) <= area.height.into()
    };
    let quiet = QUIET.into_iter().find(fits)?;
    let side = code.width() + 2 * quiet;
    let is_dark = |column: usize, row: usize| match (column.checked_sub(quiet), row.checked_sub(quiet)) {
        (Some(column), Some(row)) => code.is_dark(column, row),
        _ => false,
    };
    for (row, top) in (0..).zip((0..side).step_by(2)) {
        let line: String = (0..side)
            .map(|column| match (is_dark(column, top), is_dark(column, top + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect();
        put(Span::styled(line, INK), row, area, buffer);
    }
    let taken = |modules: usize| u16::try_from(modules).unwrap_or(u16::MAX);
    Some(Rect { width: taken(side), height: taken(side.div_ceil(2)), ..area })
}

#[cfg(test)]
mod tests {
    use super::*;

    const URI: &str =
        "otpauth://totp/Storekeeper:miriam?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Storekeeper";

    /// What a phone would read: each half of a cell is a square of light or dark.
    fn read(buffer: &Buffer) -> Vec<String> {
        const DOTS: usize = 4;
        let (width, height) = (usize::from(buffer.area.width), usize::from(buffer.area.height) * 2);
        let shade = |x: usize, y: usize| {
            let cell = &buffer[((x / DOTS) as u16, (y / DOTS / 2) as u16)];
            let is_ink = match cell.symbol() {
                "█" => true,
                "▀" => (y / DOTS).is_multiple_of(2),
                "▄" => !(y / DOTS).is_multiple_of(2),
                _ => false,
            };
            let color = if is_ink { cell.fg } else { cell.bg };
            if color == Color::White { 255 } else { 0 }
        };
        let mut photo = rqrr::PreparedImage::prepare_from_greyscale(width * DOTS, height * DOTS, shade);
        photo.detect_grids().into_iter().map(|grid| grid.decode().unwrap().1).collect()
    }

    #[test]
    fn another_program_reads_the_code_off_an_80x24_screen() {
        assert!(URI.len() < 100);
        for height in [24, 22] {
            let area = Rect::new(0, 0, 80, height);
            let mut buffer = Buffer::empty(area);
            let taken = qr(&Qr::of(URI).unwrap(), area, &mut buffer, &Theme::TERMINAL).unwrap();
            assert!(taken.width <= 45, "there is no room left beside it");
            assert_eq!(read(&buffer), [URI]);
        }
    }

    #[test]
    fn a_code_that_does_not_fit_is_not_drawn() {
        let area = Rect::new(0, 0, 40, 24);
        let mut buffer = Buffer::empty(area);
        assert_eq!(qr(&Qr::of(URI).unwrap(), area, &mut buffer, &Theme::TERMINAL), None);
        assert_eq!(buffer, Buffer::empty(area));
    }
}

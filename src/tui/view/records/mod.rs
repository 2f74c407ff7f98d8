//! The screens of records.

mod clash;
mod edit;
mod past;
pub(super) mod search;
mod sheet;

use super::Drawn;
use super::frame::surround;
use super::theme::Theme;
use super::users::title as titled;
use super::widgets::data_table::data_table;
use super::widgets::pick_list::{HEADING, pick_list};
use super::widgets::popup::popup;
use super::widgets::rows;
use crate::domain::records::{RecordId, title};
use crate::tui::model::App;
use crate::tui::model::hits::HitMap;
use crate::tui::model::records::edit::Dialog;
use crate::tui::model::records::{List, Stop};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Columns of the list of tables.
const MENU: u16 = 30;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let records = &app.records;
    let mut drawn = match records.current() {
        Some(Stop::List(list)) => draw_list(app, list, theme, area, buffer),
        Some(Stop::Record(open)) => sheet::draw(app, open, theme, area, buffer),
        None => {
            let mut hits = HitMap::default();
            surround(app, Line::default(), None, theme, area, buffer, &mut hits);
            Drawn { hits, cursor: None }
        }
    };
    if let Some(menu) = &records.menu {
        let over = rows(area, 0, area.height.saturating_sub(1));
        drawn.hits.cover();
        let height = u16::try_from(menu.counts().1).unwrap_or(u16::MAX).saturating_add(HEADING);
        let inside = popup("Tables", (MENU, height), over, buffer, theme);
        drawn.cursor = pick_list(menu, |_| String::new(), inside, buffer, theme, &mut drawn.hits);
    }
    if let Some(dialog) = &records.dialog {
        let over = rows(area, 0, area.height.saturating_sub(1));
        drawn.hits.cover();
        let hits = &mut drawn.hits;
        drawn.cursor = match dialog {
            Dialog::Form(form) => edit::draw(app, form, theme, over, buffer, hits),
            Dialog::Past(past) => {
                past::draw(past, &app.zone, theme, over, buffer, hits);
                None
            }
            Dialog::Told(title, words) => {
                past::words(title, words, theme, over, buffer, hits);
                None
            }
        };
    }
    drawn
}

/// What a record is.
fn kind(id: RecordId) -> &'static str {
    match id {
        RecordId::Customer(_) => "Customer",
        RecordId::Order(_) => "Order",
        RecordId::Product(_) => "Product",
        RecordId::Staff(_) => "Staff",
        RecordId::Store(_) => "Store",
        RecordId::Brand(_) => "Brand",
        RecordId::Category(_) => "Category",
    }
}

fn draw_list(app: &App, list: &List, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let mut hits = HitMap::default();
    let title = titled(title(list.table), list.as_of, list.rows.failure().is_some(), &app.zone, theme);
    let body = surround(app, title, list.wrong.as_ref(), theme, area, buffer, &mut hits);
    let cursor = data_table(&list.rows, body, buffer, theme, &mut hits);
    Drawn { hits, cursor }
}

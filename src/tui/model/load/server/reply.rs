//! What the steps of a server make of answers.

use super::Dialog;
use super::endpoints::Endpoints;
use crate::etl::source::api::{Asking, Discovery};
use crate::service::api::Tested;
use crate::tui::model::load::columns::Columns;
use crate::tui::model::load::running::STILL;
use crate::tui::model::load::{Load, Stage, Waiting};
use crate::tui::model::message::{Failure, RequestId};
use jiff::Timestamp;

impl Load {
    /// Takes in how far the question is. Where motion is reduced, that is shown once a second at the most; but a wait is
    /// told at once, for nothing comes after it for long.
    pub(in crate::tui::model) fn asking(&mut self, id: RequestId, asking: Box<Asking>, now: Timestamp) {
        let is_asked = self.waiting.is_some_and(|(asked, _)| asked == id);
        let is_early = self.server.asking.is_some() && now.duration_since(self.server.asked_at) < STILL;
        if is_asked && !(self.still && is_early && asking.waiting.is_none()) {
            (self.server.asking, self.server.asked_at) = (Some(asking), now);
        }
    }

    pub(in crate::tui::model::load) fn server_tested(&mut self, tested: Tested) {
        self.server.form.tested = Some(tested);
    }

    /// Takes in what a server has, or what an address of it gives as it was said.
    pub(in crate::tui::model::load) fn server_found(&mut self, found: Discovery) {
        self.server.asking = None;
        let endpoints = &mut self.server.found;
        if let Some(change) = endpoints.change.take() {
            if !endpoints.take_changed(change, found) {
                self.message = Some(Failure::new("There are no rows of that table at this address."));
            }
            self.columns.reading = None;
            return;
        }
        let looked_at = found.looked_at;
        let (target, url) = (endpoints.target.clone(), std::mem::take(&mut endpoints.url));
        *endpoints = Endpoints::of(target, url, found);
        // What was said of the fields of another server says nothing of this one's.
        self.columns = Columns::default();
        if endpoints.rows.is_empty() {
            let words = format!(
                "No table that Storekeeper knows: {looked_at} addresses were looked at. Name them one by one."
            );
            self.message = Some(Failure::new(&words));
        }
        self.stage = Stage::Endpoints;
    }

    pub(in crate::tui::model::load) fn source_text(&mut self, text: String, place: &str, why: &str) {
        let why = format!("{why} It was not written. To write it by hand, in {place}:");
        self.server.found.dialog = Some(Dialog::Text { why, text, scroll: 0 });
    }

    /// Nobody waits any more for what a server says.
    pub(in crate::tui::model::load) fn give_up_asking(&mut self, waiting: Waiting) {
        self.server.asking = None;
        if waiting == Waiting::Discover {
            self.server.found.change = None;
        }
    }
}

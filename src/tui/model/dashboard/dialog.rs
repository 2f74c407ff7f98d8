//! What is open over the dashboard: a form for days, or for targets.

use super::dates::Dates;
use super::targets::Targets;
use crate::tui::model::App;
use crate::tui::model::command::{Command, Place};
use crate::tui::model::message::Effect;
use crate::tui::model::widgets::form::{Form, Outcome};

/// It.
#[derive(Debug)]
pub enum Dialog {
    /// Which days are looked at.
    Dates(Dates),
    /// What the stores are meant to sell.
    Targets(Targets),
}

impl Dialog {
    /// Where commands can be given, the most particular place first.
    pub fn places(&self) -> &'static [Place] {
        match self {
            Dialog::Dates(_) => &[Place::DashboardDays, Place::Form, Place::Everywhere],
            Dialog::Targets(_) => &[Place::Form, Place::Everywhere],
        }
    }

    /// Its form.
    pub fn form(&self) -> &Form {
        match self {
            Dialog::Dates(dates) => &dates.form,
            Dialog::Targets(targets) => &targets.form,
        }
    }

    /// The same, to be typed into.
    pub(in crate::tui::model) fn form_mut(&mut self) -> &mut Form {
        match self {
            Dialog::Dates(dates) => &mut dates.form,
            Dialog::Targets(targets) => &mut targets.form,
        }
    }

    /// Whether leaving it would lose what was typed. Days are typed again in a moment.
    pub(in crate::tui::model) fn has_unsaved_text(&self) -> bool {
        matches!(self, Dialog::Targets(targets) if targets.form.is_changed())
    }
}

impl App {
    /// A command of what is open over the dashboard.
    pub(in crate::tui::model) fn on_board_dialog(&mut self, command: Command) -> Vec<Effect> {
        let Some(dialog) = &mut self.dashboard.dialog else {
            return Vec::new();
        };
        if dialog.form_mut().command(command) != Outcome::Submit {
            return Vec::new();
        }
        let Dialog::Dates(dates) = dialog else {
            return self.save_targets();
        };
        let (days, as_of) = dates.typed();
        self.dashboard.dialog = None;
        let (dashboard, ids) = self.dashboard_and_ids();
        dashboard.choose_days(days, as_of, ids)
    }
}

//! What can lie over a screen.

use super::command::Entry;
use super::help::Help;
use super::question::Question;
use super::records;
use super::reports;
use super::widgets::pick_list::PickList;
use crate::domain::StoreId;
use crate::service::reports::What;

/// What lies over a screen.
#[derive(Debug)]
pub enum Popup {
    /// The commands with their keys.
    Help(Help),
    /// The commands, to find one by its name.
    Palette(PickList<&'static Entry>),
    /// What the focused figure means.
    Explain(u16),
    /// The list of stores; nothing stands for the whole chain.
    Stores(PickList<Option<StoreId>>),
    /// The box to find any record by.
    Search(Box<records::Search>),
    /// The reports there are of what is shown; each with its name.
    Reports(PickList<(What, String)>),
    /// The folder for a report.
    Into(Box<reports::Into>),
    /// A question before a command.
    Question(Question),
}

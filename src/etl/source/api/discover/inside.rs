//! Tables whose rows stand in lists inside the rows of another: the lines of orders, where orders have them.

use super::{Endpoint, Found, Scout, Sure};
use crate::domain::{Table, clean};
use crate::etl::Mapping;
use crate::etl::source::api::columns::{Sample, choose, table_named};
use crate::etl::source::api::envelope::Envelope;
use crate::etl::source::api::inside::Inside;
use crate::etl::spec::spec;
use serde_json::Value;
use std::collections::HashSet;

/// The rows that an envelope means, and where they are with all that is needed to read them; `None` where there are none.
pub(super) fn meant(
    rows_at: Envelope,
    rows: &[&Value],
    named: Option<Table>,
    mapping: &Mapping,
) -> Option<(Envelope, Sample)> {
    let Some(list) = rows_at.inside.as_ref().map(Inside::name) else {
        let sample = Sample::of(rows, rows_at.columns.as_deref());
        return Some((rows_at, sample));
    };
    let (inside, sample) = Inside::of(named?, &list, rows, mapping)?;
    Some((Envelope { inside: Some(inside), ..rows_at }, sample))
}

/// The tables that stand inside the rows of an address, but for those that are there by themselves.
pub(super) fn offered(scout: &Scout<'_>, found: &mut Found, there: &HashSet<Table>) -> Vec<Endpoint> {
    let endpoint = &found.endpoint;
    if endpoint.sure == Sure::Doubtful || endpoint.rows_at.inside.is_some() {
        return Vec::new();
    }
    let rows = endpoint.rows_at.rows(&found.sketch.value).unwrap_or_default();
    let wanted = scout.wanted();
    let mut offered: Vec<Endpoint> = Vec::new();
    let mut taken = Vec::new();
    for list in Sample::of(&rows, None).lists {
        let is_open = |table: &Table| {
            let refers = spec(*table).parents.iter().any(|parent| parent.table == endpoint.table);
            let is_taken = offered.iter().any(|other| other.table == *table);
            refers
                && *table != endpoint.table
                && wanted.contains(table)
                && !there.contains(table)
                && !is_taken
        };
        let tables = Table::EACH.into_iter().filter(is_open);
        let fitting = tables.filter_map(|table| fitting(table, &list, &rows, &scout.known.mapping));
        let Some((_, table, inside, sample)) = fitting.max_by_key(|(exact, ..)| *exact) else { continue };
        let rows_at = Envelope { inside: Some(inside), ..endpoint.rows_at.clone() };
        let reasons = vec![
            format!("each row of {} has a list of them, {list}", endpoint.table),
            rows_at.inside.as_ref().map(Inside::in_words).unwrap_or_default(),
        ];
        let place = (endpoint.url.clone(), rows_at);
        let reasons = reasons.into_iter().filter(|reason| !reason.is_empty()).collect();
        let inner = Endpoint::of((table, Sure::Likely), place, sample, reasons, &scout.known.mapping);
        offered.push(Endpoint { paging: endpoint.paging.clone(), ..inner });
        taken.push(clean(&list));
    }
    found.endpoint.lists.retain(|list| !taken.contains(list));
    offered
}

/// How well a list fits a table, where it does.
fn fitting(
    table: Table,
    list: &str,
    rows: &[&Value],
    mapping: &Mapping,
) -> Option<(usize, Table, Inside, Sample)> {
    let (inside, sample) = Inside::of(table, list, rows, mapping)?;
    if sample.rows.is_empty() {
        return None;
    }
    let choice = choose(table, &sample, mapping);
    let is_named = list.rsplit('.').next().and_then(table_named) == Some(table);
    // Names that many tables have say nothing: some of the columns' own have to be there.
    let fits = choice.missing.is_empty() && (is_named || choice.exact > 2);
    fits.then_some((choice.exact, table, inside, sample))
}

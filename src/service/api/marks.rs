//! How far a server was read the last time, so that only what is new is asked for.

use super::read::since;
use crate::db::Db;
use crate::db::DbError;
use crate::db::api_marks::{self, Mark};
use crate::domain::{RunId, Table};
use crate::etl::source::api::{
    self as source, ApiError, ApiRows, Client, Endpoint, Fetched, Reading, Validators,
};

/// The last load that counts.
pub(super) struct Before {
    mark: Mark,
    /// The parameter that was found or known to filter.
    parameter: std::cell::RefCell<Option<String>>,
}

/// What a load reached, to be kept where it is stored.
pub(super) struct Reached {
    address: String,
    table: Table,
    mark: Mark,
}

/// What is known of an endpoint from the last load.
pub(super) async fn before(db: &Db, endpoint: &Endpoint) -> Result<Option<Before>, DbError> {
    let mark = api_marks::newest(db, endpoint.url.as_str(), endpoint.table).await?;
    Ok(mark.map(|mark| Before { parameter: std::cell::RefCell::new(mark.parameter.clone()), mark }))
}

/// Reads what is new since then, and says what was asked for; `None` where everything has to be asked for.
pub(super) fn read_newer(
    client: &Client,
    endpoint: &Endpoint,
    before: &Before,
) -> Result<Option<(Fetched, String)>, ApiError> {
    let mark = &before.mark;
    let told = since(mark.run);
    if mark.pages == 1 && (mark.etag.is_some() || mark.modified.is_some()) {
        let last_time = Validators { etag: mark.etag.clone(), modified: mark.modified.clone() };
        let reading = Reading { last_time: Some(last_time), ..endpoint.reading() };
        let fetched = source::fetch(client, &reading)?;
        // A reply that changed is the whole table anew.
        return Ok(fetched.spool.is_none().then(|| (fetched, format!("nothing changed {told}"))));
    }
    let (Some(field), Some(from)) = (&mark.field, &mark.mark) else {
        return Ok(None);
    };
    if before.parameter.borrow().is_none() {
        let found = source::filter_for(client, endpoint, field, from)?;
        *before.parameter.borrow_mut() = Some(found.unwrap_or_default());
    }
    let parameter = before.parameter.borrow().clone().unwrap_or_default();
    if parameter.is_empty() {
        return Ok(None);
    }
    let fetched = match source::fetch(client, &endpoint.newer(&parameter, from).reading()) {
        Ok(fetched) => fetched,
        Err(ApiError::Cancelled) => return Err(ApiError::Cancelled),
        Err(error) => {
            client.note(format!("{}: {error} Everything is read instead.", endpoint.table));
            return Ok(None);
        }
    };
    if !fetched.whole.is_shown() {
        return Ok(None);
    }
    Ok(Some((fetched, format!("only rows with {field} from {from} on, {told}"))))
}

/// What was reached by reading these rows.
pub(super) fn reached(
    endpoint: &Endpoint,
    rows: &ApiRows,
    pages: u64,
    validators: Validators,
    before: Option<Before>,
    only_new: bool,
) -> Result<Option<Reached>, ApiError> {
    let mark = match before.filter(|_| only_new) {
        Some(before) => {
            let field = before.mark.field.clone();
            let newest = field.as_deref().map(|field| rows.greatest(field)).transpose();
            let newest = newest.map_err(|cause| ApiError::Keep(cause.to_string()))?.flatten();
            Mark {
                since: Some(before.mark.run),
                mark: newest.or(before.mark.mark),
                parameter: before.parameter.into_inner(),
                run: RunId(0),
                ..before.mark
            }
        }
        None => {
            let field = source::growing_field(rows.fields(), endpoint, pages);
            let greatest = field.as_deref().map(|field| rows.greatest(field)).transpose();
            let greatest = greatest.map_err(|cause| ApiError::Keep(cause.to_string()))?.flatten();
            let Validators { etag, modified } = validators;
            Mark { run: RunId(0), since: None, pages, field, mark: greatest, parameter: None, etag, modified }
        }
    };
    Ok(Some(Reached { address: endpoint.url.to_string(), table: endpoint.table, mark }))
}

/// Keeps what a run reached. A mark that can not be kept costs time, not rows: the next load reads everything.
pub(super) async fn keep(db: &Db, run: RunId, reached: &[Reached]) {
    for Reached { address, table, mark } in reached {
        let mark = Mark { run, ..mark.clone() };
        if let Err(cause) = api_marks::add(db, address, *table, &mark).await {
            tracing::warn!(%cause, %table, "how far a server was read could not be noted");
        }
    }
}

//! An index: links to tables in JSON (HAL, OData, plain) or on a web page.

use super::{Scout, names};
use crate::domain::Table;
use crate::etl::source::api::client::{Client, Effort};
use crate::etl::source::api::columns::table_named;
use crate::etl::source::api::error::ApiError;
use serde_json::Value;
use std::io::Read;
use url::Url;

/// A link, with the table that its name says.
pub(super) struct Link {
    url: Url,
    table: Option<Table>,
}

/// Bytes of a web page that are looked at.
const PAGE: u64 = 1 << 20;
/// Links that name no table, behind which there may be an index.
const FURTHER: usize = 6;
const DEPTH: usize = 5;

/// The links in a reply that stay on the server.
pub(super) fn in_json(client: &Client, from: &Url, value: &Value) -> Vec<Link> {
    let mut links = Vec::new();
    gather(client, from, value, None, 0, &mut links);
    links
}

fn gather(
    client: &Client,
    from: &Url,
    value: &Value,
    name: Option<&str>,
    depth: usize,
    links: &mut Vec<Link>,
) {
    match value {
        Value::String(text) => {
            let leads = text.contains('/') && !text.contains(char::is_whitespace);
            let named = name.and_then(table_named);
            if (leads || named.is_some())
                && let Ok(url) = client.follow(&folder(from), text)
            {
                let table = table_named(&names::of(&url)).or(named);
                if (leads || table.is_some()) && url != *from {
                    links.push(Link { url, table });
                }
            }
        }
        Value::Object(map) if depth < DEPTH => {
            // {"name": "Orders", "url": "Orders"}, as OData writes its index.
            let own = map.get("name").or_else(|| map.get("title")).and_then(Value::as_str);
            for (key, inner) in map {
                let is_target = matches!(key.as_str(), "href" | "url" | "path" | "link" | "@id");
                let inner_name = if is_target { own.or(name) } else { Some(key.as_str()) };
                gather(client, from, inner, inner_name, depth + 1, links);
            }
        }
        Value::Array(list) if depth < DEPTH => {
            for inner in list.iter().take(100) {
                gather(client, from, inner, name, depth + 1, links);
            }
        }
        _ => {}
    }
}

fn folder(from: &Url) -> Url {
    let mut folder = from.clone();
    let is_file = from.path().rsplit('/').next().is_some_and(|last| last.contains('.'));
    if !folder.path().ends_with('/') && !is_file {
        folder.set_path(&format!("{}/", from.path()));
    }
    folder
}

/// The links on a web page that stay on the server.
pub(super) fn in_page(client: &Client, url: &Url) -> Result<Vec<Link>, ApiError> {
    let text = client.get(url, Effort::Probe, None, |head, bytes| {
        let mut page = Vec::new();
        bytes.take(PAGE).read_to_end(&mut page).map_err(|cause| client.broken_off(&head.url, &cause))?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    });
    let text = match text {
        Ok(text) => text,
        Err(error) if error.is_absence() || error.may_pass() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut links: Vec<Link> = Vec::new();
    for after in text.split("href=").skip(1) {
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let Some(target) = quote.and_then(|quote| after.get(1..)?.split(quote).next()) else { continue };
        let target = target.replace("&amp;", "&");
        if target.starts_with('#') || target.starts_with("mailto:") {
            continue;
        }
        if let Ok(url) = client.follow(url, &target)
            && !links.iter().any(|link| link.url == url)
        {
            links.push(Link { table: table_named(&names::of(&url)), url });
        }
    }
    Ok(links)
}

/// Looks at what the links name, and where not every table is among it, at what is one step further.
pub(super) fn follow(scout: &mut Scout<'_>, links: Vec<Link>) -> Result<(), ApiError> {
    tables(scout, &links)?;
    if scout.has_all() {
        return Ok(());
    }
    // What looks like a table by its name may be an index too: a database called `store`.
    let further = links.into_iter().filter(|link| !is_beside(&link.url));
    for link in further.take(FURTHER) {
        let inner = match scout.look(&link.url)? {
            Some(sketch) => {
                let inner = in_json(scout.client, &link.url, &sketch.value);
                scout.consider(sketch, "the address leads to it", None);
                inner
            }
            None if scout.pages.contains(&link.url) => in_page(scout.client, &link.url)?,
            None => continue,
        };
        tables(scout, &inner)?;
        if scout.has_all() {
            return Ok(());
        }
    }
    Ok(())
}

/// Pages that are for people, pictures and the like.
fn is_beside(url: &Url) -> bool {
    let path = url.path().to_lowercase();
    let ending = path.rsplit('.').next().unwrap_or_default();
    path.contains("/-/")
        || path.contains("static")
        || matches!(
            ending,
            "css" | "js" | "png" | "ico" | "svg" | "map" | "txt" | "xml" | "woff2" | "db" | "csv"
        )
}

/// Looks at the links that name a table; a table's web page may have its rows beside it as JSON.
fn tables(scout: &mut Scout<'_>, links: &[Link]) -> Result<(), ApiError> {
    let why = "the address leads to it";
    let mut as_json = false;
    for link in links {
        let Some(table) = link.table.filter(|table| scout.may_have_more(*table)) else { continue };
        if !as_json && scout.visit(&link.url, why, Some(table))? {
            continue;
        }
        let mut beside = link.url.clone();
        beside.set_path(&format!("{}.json", link.url.path().trim_end_matches('/')));
        beside.set_query(None);
        if scout.visit(&beside, "the address leads to it, with .json after it", Some(table))? {
            as_json = true;
        }
    }
    Ok(())
}

//! What a server says of itself: OpenAPI 3 and Swagger 2, where such documents usually are.

use super::{Scout, names};
use crate::etl::source::api::columns::table_named;
use crate::etl::source::api::error::{ApiError, shown};
use crate::etl::source::api::sketch::Sketch;
use serde_json::Value;
use url::Url;

/// Where the documents usually are, from the host's root.
const PLACES: [&str; 8] = [
    "openapi.json",
    "swagger.json",
    "v3/api-docs",
    "swagger/v1/swagger.json",
    "api/openapi.json",
    "v2/api-docs",
    "api-docs",
    "api/swagger.json",
];
/// Lists without a name of ours that are looked at for their fields.
const UNNAMED: usize = 12;

pub(super) fn is_description(value: &Value) -> bool {
    value.get("paths").is_some_and(Value::is_object)
        && (value.get("openapi").is_some() || value.get("swagger").is_some())
}

/// Looks for a document, and at what it lists.
pub(super) fn look_for(scout: &mut Scout<'_>) -> Result<(), ApiError> {
    let mut places = Vec::new();
    let has_path = !scout.client.base.url().path().trim_matches('/').is_empty();
    if has_path {
        places.extend(["openapi.json", "swagger.json"].map(str::to_owned));
    }
    places.extend(PLACES.map(|place| format!("/{place}")));
    for place in places {
        let Some(url) = scout.client.base.below(&place) else { continue };
        let Some(sketch) = scout.look(&url)? else { continue };
        if is_description(&sketch.value) {
            return take(scout, &sketch);
        }
    }
    Ok(())
}

/// Looks at the lists that a document names.
pub(super) fn take(scout: &mut Scout<'_>, sketch: &Sketch) -> Result<(), ApiError> {
    let document = &sketch.value;
    scout.documents.push(shown(&sketch.head.url));
    let why = format!("{} lists it", sketch.head.url.path());
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return Ok(());
    };
    let root = root(scout, document, &sketch.head.url);
    let mut named = Vec::new();
    let mut unnamed = Vec::new();
    for (path, item) in paths {
        let Some(get) = item.get("get").filter(|_| !path.contains('{')) else { continue };
        let Some(url) =
            root.join(path.trim_start_matches('/')).ok().filter(|url| scout.client.base.is_own(url))
        else {
            continue;
        };
        scout.parameters.insert(url.path().to_owned(), parameters(document, item, get));
        match table_named(&names::of(&url)) {
            Some(table) => named.push((table, url)),
            None => unnamed.push(url),
        }
    }
    for (table, url) in named {
        scout.visit(&url, &why, Some(table))?;
    }
    if !scout.has_all() {
        for url in unnamed.into_iter().take(UNNAMED) {
            scout.visit(&url, &why, None)?;
        }
    }
    Ok(())
}

/// The address that the document's paths are below.
fn root(scout: &Scout<'_>, document: &Value, at: &Url) -> Url {
    let server =
        document.pointer("/servers/0/url").or_else(|| document.get("basePath")).and_then(Value::as_str);
    let mut root = server
        .and_then(|server| at.join(server).ok())
        .unwrap_or_else(|| at.join("/").unwrap_or_else(|_| at.clone()));
    if !scout.client.base.is_own(&root) {
        // A document behind a proxy names another host; the paths are as good on this one.
        let path = root.path().to_owned();
        root = at.clone();
        root.set_path(&path);
    }
    root.set_query(None);
    if !root.path().ends_with('/') {
        root.set_path(&format!("{}/", root.path().to_owned()));
    }
    root
}

/// The names of the parameters that go into the address.
fn parameters(document: &Value, item: &Value, get: &Value) -> Vec<String> {
    let lists = [item, get].into_iter().filter_map(|of| of.get("parameters")?.as_array()).flatten();
    let resolved = lists.filter_map(|parameter| match parameter.get("$ref").and_then(Value::as_str) {
        Some(place) => document.pointer(place.trim_start_matches('#')),
        None => Some(parameter),
    });
    let in_query = resolved.filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("query"));
    in_query.filter_map(|parameter| Some(parameter.get("name")?.as_str()?.to_owned())).collect()
}

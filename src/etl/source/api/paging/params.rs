//! Names of parameters by which servers page, usual ones first.

/// How pages are asked for, with the parameters that say how large they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) parameter: &'static str,
    pub(super) kind: Kind,
    pub(super) sizes: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Offset,
}

const fn page(parameter: &'static str, sizes: &'static [&'static str]) -> Style {
    Style { parameter, kind: Kind::Page, sizes }
}

const fn offset(parameter: &'static str, sizes: &'static [&'static str]) -> Style {
    Style { parameter, kind: Kind::Offset, sizes }
}

pub(super) const STYLES: [Style; 24] = [
    page("page", &["per_page", "limit", "page_size", "size", "pageSize", "perPage", "count", "pagesize"]),
    offset("offset", &["limit", "count", "size", "max"]),
    offset("skip", &["limit", "take", "top"]),
    page("_page", &["_limit", "_per_page"]),
    offset("_start", &["_limit"]),
    page("page[number]", &["page[size]"]),
    offset("page[offset]", &["page[limit]"]),
    page("pageNumber", &["pageSize", "size"]),
    page("page_number", &["page_size", "per_page"]),
    page("pageNo", &["pageSize"]),
    page("pageIndex", &["pageSize"]),
    page("page_no", &["page_size"]),
    page("pagination[page]", &["pagination[pageSize]"]),
    offset("pagination[start]", &["pagination[limit]"]),
    page("p", &["per_page", "limit", "n"]),
    page("currentPage", &["pageSize", "perPage"]),
    page("paged", &["per_page"]),
    offset("start", &["limit", "rows", "count", "length"]),
    offset("$skip", &["$top"]),
    offset("startIndex", &["maxResults", "count"]),
    offset("start_index", &["count", "limit"]),
    offset("startAt", &["maxResults"]),
    offset("from", &["size", "limit"]),
    offset("_offset", &["_limit"]),
];

/// Parameters that say how many rows a page has, each once.
pub(super) fn sizes() -> Vec<&'static str> {
    let mut sizes = vec!["limit", "per_page", "page_size", "pageSize", "size", "_limit", "_size", "count"];
    for size in STYLES.iter().flat_map(|style| style.sizes) {
        if !sizes.contains(size) {
            sizes.push(size);
        }
    }
    sizes
}

/// Parameters that take the key of the last row.
pub(super) const AFTER: [&str; 12] = [
    "after_id",
    "since_id",
    "starting_after",
    "after",
    "last_id",
    "min_id",
    "from_id",
    "id_gt",
    "id_after",
    "start_after",
    "afterId",
    "last",
];

/// Parameters that may take a token found in a field of this name, best first.
pub(super) fn for_token(field: &str) -> Vec<String> {
    let last = field.rsplit('.').next().unwrap_or_default();
    let bare = ["next_", "next-", "next", "end_", "end"]
        .iter()
        .find_map(|start| last.strip_prefix(start))
        .filter(|bare| !bare.is_empty())
        .map(|bare| {
            let mut letters = bare.chars();
            letters
                .next()
                .map(|first| first.to_lowercase().chain(letters).collect::<String>())
                .unwrap_or_default()
        });
    let mut names: Vec<String> = bare.into_iter().chain([last.to_owned()]).collect();
    let usual = [
        "cursor",
        "after",
        "page_token",
        "pageToken",
        "next",
        "_next",
        "token",
        "next_token",
        "nextToken",
        "next_cursor",
        "nextCursor",
        "starting_after",
        "continuation",
        "continuationToken",
        "page[after]",
        "page[cursor]",
        "page",
        "offset",
        "start",
        "start_key",
        "bookmark",
        "scroll_id",
        "cursorMark",
    ];
    names.extend(usual.map(str::to_owned));
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

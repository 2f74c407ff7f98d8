//! What a reply says about itself besides its rows: how many there are, what comes next, whether there is more.

use super::client::Head;
use super::envelope::Envelope;
use crate::etl::fold::folded;
use serde_json::Value;

/// What a reply says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Says {
    /// The next page by the `Link` header.
    pub(super) link: Option<String>,
    /// The next page by a link in the body, with where it stands.
    pub(super) next: Option<(String, String)>,
    /// A token for the next page, with where it stands.
    pub(super) cursor: Option<(String, String)>,
    /// Rows in all, with who says so.
    pub(super) total: Option<(String, u64)>,
    /// The number of the last page.
    pub(super) pages: Option<u64>,
    /// The number of this page.
    pub(super) page: Option<u64>,
    /// Whether there is more.
    pub(super) more: Option<bool>,
    /// Names of all fields around the rows, folded: they hint at how pages are asked for.
    pub(super) names: Vec<String>,
}

const NEXT: [&str; 9] = [
    "next",
    "nexturl",
    "nextlink",
    "nextpageurl",
    "nexthref",
    "nextpage",
    "nextpagelink",
    "@odata.nextlink",
    "nextresultsurl",
];
const CURSOR: [&str; 18] = [
    "nextcursor",
    "nexttoken",
    "nextpagetoken",
    "nextkey",
    "nextid",
    "continuation",
    "continuationtoken",
    "continue",
    "endcursor",
    "cursor",
    "scrollid",
    "bookmark",
    "pagetoken",
    "lastevaluatedkey",
    "nextpage",
    "next",
    "after",
    "nextcursormark",
];
/// Fields that count all rows; those further on are believed less.
const TOTAL: [&str; 20] = [
    "totalcount",
    "totalresults",
    "totalitems",
    "totalrows",
    "totalrecords",
    "totalelements",
    "totalentries",
    "totalhits",
    "totalsize",
    "recordstotal",
    "recordcount",
    "resultcount",
    "rowcount",
    "itemcount",
    "numfound",
    "filteredtablerowscount",
    "@odata.count",
    "total",
    "hits.total.value",
    "count",
];
const PAGES: [&str; 9] = [
    "totalpages",
    "lastpage",
    "pagecount",
    "pagestotal",
    "numpages",
    "numberofpages",
    "pages",
    "lastpagenumber",
    "maxpage",
];
const PAGE: [&str; 6] = ["page", "currentpage", "pagenumber", "number", "current", "pageindex"];
const MORE: [&str; 6] = ["hasmore", "hasnext", "hasnextpage", "more", "moreresults", "moreitems"];
const LAST: [&str; 4] = ["last", "islast", "islastpage", "end"];

const HEADER_TOTAL: [&str; 9] = [
    "x-total-count",
    "x-total",
    "x-wp-total",
    "total-count",
    "x-totalcount",
    "x-pagination-total",
    "x-pagination-total-count",
    "x-total-records",
    "x-record-count",
];
const HEADER_PAGES: [&str; 5] =
    ["x-total-pages", "x-wp-totalpages", "x-pagination-page-count", "x-page-count", "x-pages"];
/// How deep the fields are looked at.
const DEPTH: usize = 4;

impl Says {
    /// Listens to a reply of which the rows are at that place; `rest` is all of it but the rows, which may be in it too.
    pub(super) fn of(head: &Head, rest: &Value, envelope: &Envelope, rows: u64) -> Says {
        let listed: Option<Value> =
            head.header("x-pagination").and_then(|text| serde_json::from_str(text).ok());
        let mut fields = Vec::new();
        if !envelope.path.is_empty() {
            gather(rest, String::new(), &envelope.path, &mut fields);
        }
        if let Some(listed) = &listed {
            gather(listed, String::new(), &[], &mut fields);
        }
        let mut says = Says { link: relation(head, "next"), ..Says::default() };
        says.of_fields(&fields, rows);
        says.of_headers(head);
        says
    }

    fn of_fields(&mut self, fields: &[(String, &Value)], rows: u64) {
        let place = |names: &[&str], path: &str, parent: bool| {
            let whole = path.to_lowercase().replace(['_', '-'], "");
            let last = whole.rsplit('.').next().unwrap_or_default();
            let above = whole.rsplit('.').nth(1).unwrap_or_default();
            let points = parent && matches!(last, "href" | "url");
            names.iter().position(|name| *name == whole || *name == last || (points && *name == above))
        };
        let best = |names: &[&str], fits: &dyn Fn(&Value) -> bool| {
            let found = fields.iter().filter(|(_, value)| fits(value));
            let found = found.filter_map(|(path, value)| Some((place(names, path, true)?, path, *value)));
            found.min_by_key(|(at, path, _)| (*at, path.len()))
        };
        let number = |value: &Value| match value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let leads = |value: &Value| value.as_str().is_some_and(is_address);
        let token = |value: &Value| match value {
            Value::String(text) => !text.is_empty() && !is_address(text),
            Value::Number(number) => number.as_u64().is_some_and(|number| number > 0),
            _ => false,
        };
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.next = best(&NEXT, &leads).map(|(_, path, value)| (path.clone(), text(value)));
        self.cursor = best(&CURSOR, &token).map(|(_, path, value)| (path.clone(), text(value)));
        let total = best(&TOTAL, &|value| number(value).is_some());
        self.total = total.and_then(|(at, path, value)| {
            // `count` is of this page with some, and of all with others: of all it is where it is more than these rows,
            // or where the reply has a place for what comes next and nothing stands there.
            let ends = self.next.is_none()
                && fields.iter().any(|(path, value)| place(&NEXT, path, true).is_some() && value.is_null());
            let believed = |total: u64| at + 1 < TOTAL.len() || total > rows || (ends && total == rows);
            number(value).filter(|total| believed(*total)).map(|total| (path.clone(), total))
        });
        self.pages = best(&PAGES, &|value| number(value).is_some()).and_then(|(_, _, value)| number(value));
        self.page = best(&PAGE, &|value| number(value).is_some()).and_then(|(_, _, value)| number(value));
        let switch =
            |names: &[&str]| best(names, &Value::is_boolean).and_then(|(_, _, value)| value.as_bool());
        self.more = switch(&MORE).or_else(|| switch(&LAST).map(|last| !last));
        self.names =
            fields.iter().map(|(path, _)| folded(path.rsplit('.').next().unwrap_or_default())).collect();
    }

    fn of_headers(&mut self, head: &Head) {
        let number = |names: &[&str]| {
            names.iter().find_map(|name| Some(((*name).to_owned(), head.header(name)?.trim().parse().ok()?)))
        };
        if let Some(total) = number(&HEADER_TOTAL).or_else(|| ranged(head)) {
            self.total = Some(total);
        }
        if let Some((_, pages)) = number(&HEADER_PAGES) {
            self.pages = Some(pages);
        }
    }
}

/// `Content-Range: items 0-24/319` (RFC 9110, 14.4).
fn ranged(head: &Head) -> Option<(String, u64)> {
    let total = head.header("content-range")?.rsplit_once('/')?.1.trim().parse().ok()?;
    Some(("content-range".to_owned(), total))
}

/// Whether a text is an address rather than a token.
fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with(['/', '?'])
}

/// The target of a relation in the `Link` headers (RFC 8288).
pub(super) fn relation(head: &Head, wanted: &str) -> Option<String> {
    head.headers.get_all("link").iter().filter_map(|value| value.to_str().ok()).find_map(|links| {
        links.split('<').skip(1).find_map(|link| {
            let (target, parameters) = link.split_once('>')?;
            let is_wanted = parameters.split(';').any(|parameter| {
                let Some((name, value)) = parameter.split_once('=') else { return false };
                let value = value.trim().trim_end_matches(',').trim().trim_matches('"');
                name.trim().eq_ignore_ascii_case("rel")
                    && value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(wanted))
            });
            is_wanted.then(|| target.to_owned())
        })
    })
}

/// Every field around the rows with the names that lead to it.
fn gather<'v>(value: &'v Value, path: String, rows: &[String], fields: &mut Vec<(String, &'v Value)>) {
    let joined = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let whole = joined(name);
                if whole != rows.join(".") && whole.matches('.').count() < DEPTH {
                    gather(inner, whole, rows, fields);
                }
            }
        }
        // Links as a list: [{"rel": "next", "href": "..."}].
        Value::Array(list) => {
            for link in list {
                let text = |name: &str| link.get(name).and_then(Value::as_str);
                if let (Some(relation), Some(href)) = (text("rel"), link.get("href").or(link.get("url"))) {
                    fields.push((joined(relation), href));
                }
            }
        }
        scalar => fields.push((path, scalar)),
    }
}

/// The value at a place, as text.
pub(super) fn at(rest: &Value, place: &str) -> Option<String> {
    match place.split('.').try_fold(rest, |value, name| value.get(name))? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use ureq::http::{HeaderMap, HeaderName, HeaderValue};

    fn head(headers: &[(&str, &str)]) -> Head {
        let pairs = headers.iter().map(|(name, value)| {
            (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
        });
        let headers: HeaderMap = pairs.collect();
        Head { status: 200, headers, url: "http://h/orders".parse().unwrap() }
    }

    fn says(rest: &Value, place: &str, rows: u64) -> Says {
        Says::of(&head(&[]), rest, &Envelope::from_words(place), rows)
    }

    #[test]
    fn the_next_page_is_seen_wherever_it_stands() {
        for (rest, field) in [
            (json!({"next": "http://h/2"}), "next"),
            (json!({"links": {"next": "/2", "self": "/1"}}), "links.next"),
            (json!({"_links": {"next": {"href": "/2"}, "last": {"href": "/9"}}}), "_links.next.href"),
            (json!({"@odata.nextLink": "http://h/2"}), "@odata.nextLink"),
            (json!({"meta": {"next_page_url": "?page=2"}}), "meta.next_page_url"),
            (json!({"links": [{"rel": "self", "href": "/1"}, {"rel": "next", "href": "/2"}]}), "links.next"),
        ] {
            assert_eq!(says(&rest, "data", 5).next.map(|next| next.0).as_deref(), Some(field), "{rest}");
        }
        let headers = head(&[("link", "<http://h/1>; rel=\"first\", <http://h/2>; rel=\"next\"")]);
        assert_eq!(relation(&headers, "next").as_deref(), Some("http://h/2"));
        assert_eq!(relation(&headers, "last"), None);
        assert_eq!(says(&json!({"next": null, "links": {"next": null}}), "data", 5).next, None);
    }

    #[test]
    fn a_token_is_no_address_and_a_total_no_count_of_this_page() {
        let cursor = |rest: Value| says(&rest, "data", 5).cursor;
        let found = |field: &str, token: &str| Some((field.to_owned(), token.to_owned()));
        assert_eq!(cursor(json!({"meta": {"next_cursor": "YWJj"}})), found("meta.next_cursor", "YWJj"));
        assert_eq!(cursor(json!({"nextPageToken": "t2", "cursor": "t1"})), found("nextPageToken", "t2"));
        assert_eq!(cursor(json!({"next": 2})), found("next", "2"));
        assert_eq!(cursor(json!({"next_cursor": ""})), None);
        let total = |rest: Value| says(&rest, "data", 5).total.map(|total| total.1);
        assert_eq!(total(json!({"meta": {"pagination": {"total": 1615, "count": 5}}})), Some(1615));
        assert_eq!(total(json!({"count": 5, "next": "http://h/2"})), None, "of this page");
        assert_eq!(total(json!({"count": 5, "next": null})), Some(5));
        assert_eq!(total(json!({"page": {"totalElements": 12, "totalPages": 3}})), Some(12));
    }

    #[test]
    fn headers_tell_totals_too() {
        let bare = Envelope::default();
        let of = |headers: &[(&str, &str)]| Says::of(&head(headers), &Value::Null, &bare, 5);
        assert_eq!(of(&[("x-total-count", "1615")]).total, Some(("x-total-count".to_owned(), 1615)));
        assert_eq!(of(&[("content-range", "items 0-4/77")]).total, Some(("content-range".to_owned(), 77)));
        assert_eq!(of(&[("content-range", "0-4/*")]).total, None);
        assert_eq!(of(&[("x-pagination", "{\"TotalCount\":9,\"HasNext\":true}")]).more, Some(true));
        assert_eq!(of(&[("x-wp-totalpages", "3")]).pages, Some(3));
    }
}

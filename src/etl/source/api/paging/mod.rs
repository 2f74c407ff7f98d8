//! How one page leads to the next.

pub(super) mod find;
mod params;
mod size;

use std::fmt;

/// How a table is paged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paging {
    /// The way to the next page.
    pub way: Way,
    /// The parameter that says how many rows a page has, and how many we ask for.
    pub size: Option<(String, u64)>,
}

/// The way to the next page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Way {
    /// There is one page.
    #[default]
    Single,
    /// The `Link` header leads there.
    Header,
    /// A link in the body, at this place, leads there.
    Link(String),
    /// A token in the body goes into a parameter.
    Cursor {
        /// Where the token is.
        field: String,
        /// The parameter.
        parameter: String,
    },
    /// Pages have numbers.
    Page {
        /// The parameter.
        parameter: String,
        /// The first one's number.
        first: u64,
    },
    /// A parameter says how many rows to pass over.
    Offset {
        /// The parameter.
        parameter: String,
        /// Rows a page.
        step: u64,
    },
    /// The last row's key goes into a parameter.
    Keyset {
        /// The parameter.
        parameter: String,
        /// The field of the rows.
        field: String,
    },
}

impl Paging {
    /// Reads what [`fmt::Display`] writes.
    ///
    /// # Errors
    /// A word about what is wrong with it.
    pub fn from_words(text: &str) -> Result<Paging, String> {
        let wrong = || {
            "say single, link, next:FIELD, cursor:FIELD=PARAMETER, page:PARAMETER=FIRST, offset:PARAMETER=ROWS or keyset:PARAMETER=FIELD, and after it ;size:PARAMETER=ROWS where pages can be larger"
                .to_owned()
        };
        let (way, size) = match text.split_once(';') {
            Some((way, size)) => (way, Some(size)),
            None => (text, None),
        };
        let pair = |text: &str| text.split_once('=').map(|(one, other)| (one.to_owned(), other.to_owned()));
        let numbered = |text: &str| pair(text).and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let size = match size {
            None => None,
            Some(size) => Some(size.strip_prefix("size:").and_then(numbered).ok_or_else(wrong)?),
        };
        let (kind, rest) = way.split_once(':').unwrap_or((way, ""));
        let way = match kind {
            "single" => Some(Way::Single),
            "link" => Some(Way::Header),
            "next" if !rest.is_empty() => Some(Way::Link(rest.to_owned())),
            "cursor" => pair(rest).map(|(field, parameter)| Way::Cursor { field, parameter }),
            "page" => numbered(rest).map(|(parameter, first)| Way::Page { parameter, first }),
            "offset" => numbered(rest)
                .filter(|(_, step)| *step > 0)
                .map(|(parameter, step)| Way::Offset { parameter, step }),
            "keyset" => pair(rest).map(|(parameter, field)| Way::Keyset { parameter, field }),
            _ => None,
        };
        Ok(Paging { way: way.ok_or_else(wrong)?, size })
    }

    /// Whether any page can be asked for without the one before it.
    pub(super) fn is_random(&self) -> bool {
        matches!(self.way, Way::Page { .. } | Way::Offset { .. })
    }

    /// The parameters of the page of that number, counted from 0, where it can be asked for by itself.
    pub(super) fn parameters(&self, page: u64) -> Vec<(String, String)> {
        let mut parameters = Vec::new();
        match &self.way {
            Way::Page { parameter, first } => {
                parameters.push((parameter.clone(), (first + page).to_string()))
            }
            Way::Offset { parameter, step } if page > 0 || self.size.is_some() => {
                parameters.push((parameter.clone(), (page * step).to_string()));
            }
            _ => {}
        }
        parameters.extend(self.size.iter().map(|(name, rows)| (name.clone(), rows.to_string())));
        parameters
    }

    /// Rows on a full page, where that is known.
    pub(super) fn step(&self) -> Option<u64> {
        match &self.way {
            Way::Offset { step, .. } => Some(*step),
            _ => self.size.as_ref().map(|(_, rows)| *rows),
        }
    }

    /// Says it in words.
    pub fn in_words(&self) -> String {
        let way = match &self.way {
            Way::Single => "one page".to_owned(),
            Way::Header => "the Link header".to_owned(),
            Way::Link(field) => format!("the link in {field}"),
            Way::Cursor { field, parameter } => format!("the token in {field}, as {parameter}"),
            Way::Page { parameter, first } => format!("page numbers from {first}, as {parameter}"),
            Way::Offset { parameter, step } => format!("rows to pass over, as {parameter}, {step} a page"),
            Way::Keyset { parameter, field } => format!("the last {field}, as {parameter}"),
        };
        match &self.size {
            Some((name, rows)) => format!("{way}, {name}={rows}"),
            None => way,
        }
    }
}

impl fmt::Display for Paging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.way {
            Way::Single => f.write_str("single")?,
            Way::Header => f.write_str("link")?,
            Way::Link(field) => write!(f, "next:{field}")?,
            Way::Cursor { field, parameter } => write!(f, "cursor:{field}={parameter}")?,
            Way::Page { parameter, first } => write!(f, "page:{parameter}={first}")?,
            Way::Offset { parameter, step } => write!(f, "offset:{parameter}={step}")?,
            Way::Keyset { parameter, field } => write!(f, "keyset:{parameter}={field}")?,
        }
        match &self.size {
            Some((name, rows)) => write!(f, ";size:{name}={rows}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_written_as_it_is_read() {
        for text in [
            "single",
            "link;size:_limit=500",
            "next:links.next",
            "cursor:meta.next_cursor=cursor;size:limit=100",
            "page:page[number]=0;size:page[size]=500",
            "offset:offset=25",
            "keyset:after_id=order_id",
        ] {
            assert_eq!(Paging::from_words(text).unwrap().to_string(), text);
        }
        for wrong in ["", "pages", "page:page", "offset:o=0", "page:p=1;limit=5", "next:"] {
            assert!(Paging::from_words(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn pages_are_counted_from_their_first() {
        let page = Paging::from_words("page:p=1;size:n=50").unwrap();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(page.parameters(2), [pair("p", "3"), pair("n", "50")]);
        assert_eq!(Paging::from_words("offset:o=25").unwrap().parameters(2), [pair("o", "50")]);
    }
}

//! Which sets of colours there are, by name, and which is in use.

/// Names in the order one walks them. What each looks like is the view's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Themes {
    names: Vec<String>,
    current: usize,
}

impl Themes {
    /// These, with the one of this name in use; the first where there is none.
    pub fn new(names: Vec<String>, current: &str) -> Themes {
        let current = names.iter().position(|name| name == current).unwrap_or_default();
        Themes { names, current }
    }

    /// The one in use.
    pub fn current(&self) -> &str {
        self.names.get(self.current).map(String::as_str).unwrap_or_default()
    }

    /// Uses the next one. Answers its name, or nothing where there is no other.
    pub fn turn(&mut self) -> Option<&str> {
        if self.names.len() < 2 {
            return None;
        }
        self.current = (self.current + 1) % self.names.len();
        Some(self.current())
    }
}

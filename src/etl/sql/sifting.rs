//! The statement that reads a stretch of a table, to hold rows of a file beside it.

use super::{Shape, Sql};

impl Sql {
    /// The given columns of the rows from one key to another, both included, in the order of the key; at most so many. Each
    /// side of an `OR` is a range of the primary key, which `(a, b) BETWEEN (..) AND (..)` would not be.
    pub(crate) fn stretch(&self, shape: Shape<'_>, from: (u32, u32), to: (u32, u32), most: usize) -> String {
        let (one, other) = (shape.spec.key.first().copied().unwrap_or_default(), shape.spec.key.get(1));
        let ((from, from_2), (to, to_2)) = (from, to);
        let within = match other {
            None => format!("{one} BETWEEN {from} AND {to}"),
            Some(other) if from == to => format!("{one} = {from} AND {other} BETWEEN {from_2} AND {to_2}"),
            Some(other) => format!(
                "({one} = {from} AND {other} >= {from_2}) OR ({one} > {from} AND {one} < {to}) \
                 OR ({one} = {to} AND {other} <= {to_2})"
            ),
        };
        format!(
            "SELECT {} FROM {} WHERE {within} ORDER BY {} LIMIT {most}",
            shape.names().join(", "),
            self.target(shape.spec.table),
            shape.spec.key.join(", ")
        )
    }
}

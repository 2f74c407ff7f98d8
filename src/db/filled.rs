//! Statements with their values in them.
//!
//! The driver prepares a statement before it runs it, and the server forgets it when the connection goes back to the pool:
//! two round trips where one would do. For what every change asks and says, that one trip counts.

use mysql_async::Value;

/// The statement, with the values as literals where it has question marks. It may have none in texts or comments.
///
/// Literals are escaped for the session that each connection has: `utf8mb4`, and backslashes escape. Bytes that are no text
/// become hexadecimal.
pub(super) fn filled(statement: &str, values: &[Value]) -> String {
    let mut parts = statement.split('?');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        filled.push_str(&value.as_sql(false));
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_never_ends_its_literal() {
        let values =
            [Value::from("it's \\ \"so\"\n?"), Value::NULL, Value::from(7), Value::Bytes(vec![0xff, 0])];
        assert_eq!(
            filled("SELECT ?, ?, ?, ?", &values),
            r#"SELECT 'it\'s \\ \"so\"\n?', NULL, 7, 0xff00"#.replace("0xff00", &values[3].as_sql(false))
        );
        let lone = filled("?", &values[3..]);
        assert!(lone.to_lowercase().contains("ff00"), "{lone}");
    }
}

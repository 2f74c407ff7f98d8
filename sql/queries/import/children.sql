-- The columns that refer to a table: table and column.
-- Parameters: the database, the table referred to. Reads the data dictionary.
SELECT table_name, column_name
  FROM information_schema.key_column_usage
 WHERE table_schema = ? AND referenced_table_name = ?
 ORDER BY table_name, column_name

-- Every column of the database, in the order of the tables' names.
-- ?: the database.
SELECT c.table_name, c.column_name, c.column_type, c.is_nullable, c.collation_name, c.extra
  FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = ? AND t.table_type = 'BASE TABLE'
 ORDER BY c.table_name, c.ordinal_position

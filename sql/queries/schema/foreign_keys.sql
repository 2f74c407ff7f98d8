-- Every foreign key of the database, and what it refers to.
-- ?: the database.
SELECT table_name, constraint_name, GROUP_CONCAT(column_name ORDER BY ordinal_position) AS columns_of,
       MIN(referenced_table_name) AS parent, GROUP_CONCAT(referenced_column_name ORDER BY ordinal_position) AS parent_columns
  FROM information_schema.key_column_usage
 WHERE table_schema = ? AND referenced_table_name IS NOT NULL
 GROUP BY table_name, constraint_name
 ORDER BY table_name, constraint_name

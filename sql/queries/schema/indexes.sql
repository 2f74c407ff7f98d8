-- Every index of the database with its columns, in order.
-- ?: the database.
SELECT table_name, index_name, MIN(non_unique) AS non_unique, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS columns_of
  FROM information_schema.statistics
 WHERE table_schema = ?
 GROUP BY table_name, index_name
 ORDER BY table_name, index_name

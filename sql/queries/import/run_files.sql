-- What became of each file of a run. Parameter: run. By the beginning of the primary key.
SELECT table_name, file_name, LOWER(HEX(sha256)), rows_read, rows_inserted, rows_updated, rows_unchanged, rows_rejected
  FROM import_run_files
 WHERE run_id = ?
 ORDER BY table_name, file_name

-- What became of each file of a run: table, file, hash in hexadecimal, how it was written, mapping as JSON, rows read,
-- inserted, updated, unchanged, rejected, removed.
-- Parameter: run. By primary key.
SELECT table_name, file_name, LOWER(HEX(sha256)), written_how, mapping,
       rows_read, rows_inserted, rows_updated, rows_unchanged, rows_rejected, rows_deleted
  FROM import_run_files
 WHERE run_id = ?

-- Notes what became of one file of a run.
-- Parameters: run, table, file, SHA-256 or NULL, rows read, inserted, updated, unchanged, rejected, deleted,
-- how it was written, mapping as JSON.
INSERT INTO import_run_files
       (run_id, table_name, file_name, sha256, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_rejected, rows_deleted,
        written_how, mapping)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

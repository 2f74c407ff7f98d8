-- The tables that a run wrote to. Parameter: run. By primary key.
SELECT DISTINCT table_name FROM import_run_files WHERE run_id = ?

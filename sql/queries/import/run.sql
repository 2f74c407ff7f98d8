-- One run. Parameter: run. By primary key.
SELECT started_at, finished_at, actor, source, mode, status, seconds + 0e0, rejects_file, message
  FROM import_runs
 WHERE run_id = ?

-- Ends a run. Parameters: status, rejects file or NULL, seconds, message or NULL, run. By primary key.
UPDATE import_runs
   SET finished_at = CURRENT_TIMESTAMP(6), status = ?, rejects_file = ?, seconds = ?, message = ?
 WHERE run_id = ?

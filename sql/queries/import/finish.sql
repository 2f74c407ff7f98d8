-- Ends a run, unless it has ended: what was committed stays so, whoever was not told of it.
-- Parameters: status, rejects file or NULL, seconds, message or NULL, run. By primary key.
UPDATE import_runs
   SET finished_at = CURRENT_TIMESTAMP(6), status = ?, rejects_file = ?, seconds = ?, message = ?
 WHERE run_id = ? AND status = 'running'

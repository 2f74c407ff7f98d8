-- How a run ended, or 'running'. Parameter: run. By primary key.
SELECT status FROM import_runs WHERE run_id = ?

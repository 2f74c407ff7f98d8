-- How a run ended, in which mode it loaded, and which run has undone it. Locks the run.
-- Parameter: run. By primary key.
SELECT status, mode, undone_by FROM import_runs WHERE run_id = ? FOR UPDATE

-- Says that a run was undone. Parameters: the run that undid it, the run. By primary key.
UPDATE import_runs SET undone_by = ? WHERE run_id = ?

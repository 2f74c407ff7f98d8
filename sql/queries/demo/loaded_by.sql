-- The run that loaded the demo, whose receipt was committed with its rows. ?: the source's name.
-- Reads import_runs by primary key, newest first; a demo has few runs.
SELECT run_id FROM import_runs WHERE source = ? AND status = 'committed' ORDER BY run_id DESC LIMIT 1

-- Runs that have not ended, as far as the history knows: running ones, and those whose program died.
-- No parameters. Reads the whole table, which has one row a load.
SELECT run_id FROM import_runs WHERE status = 'running'

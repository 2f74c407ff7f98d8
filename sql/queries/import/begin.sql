-- Begins a run; its number is the last insert id.
-- Parameters: actor, source, mode.
INSERT INTO import_runs (actor, source, mode, status) VALUES (?, ?, ?, 'running')

-- Notes how far a table of a server was read by a run.
-- Parameters: run, the run it builds on, address, table, pages, field, mark, parameter, etag, last modified.
INSERT INTO api_marks (run_id, since_run, address, table_name, pages, field, mark, parameter, etag, modified)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- The marks of one table of one server, newest first: run, the run it builds on, whether the run's rows are in the chain,
-- pages, field, mark, parameter, etag, last modified.
-- Parameters: address, table. Reads api_marks by address, and import_runs by primary key.
SELECT m.run_id, m.since_run,
       CAST(r.status IN ('committed', 'nothing_to_do') AND r.undone_by IS NULL AS UNSIGNED),
       m.pages, m.field, m.mark, m.parameter, m.etag, m.modified
  FROM api_marks m
  JOIN import_runs r USING (run_id)
 WHERE m.address = ? AND m.table_name = ?
 ORDER BY m.mark_id DESC
 LIMIT 1000

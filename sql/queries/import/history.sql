-- The history of loads, newest first: run, when it began (UTC), who, what, mode, status, seconds, message, rejects file,
-- the run that undid it, and its sums: files, rows read, inserted, updated, unchanged, rejected, removed.
-- Parameters: the newest run to be listed, how many. Reads import_runs from the end of its primary key, and the files of those runs by theirs.
SELECT r.run_id, DATE_FORMAT(r.started_at, '%Y-%m-%dT%H:%i:%sZ'), r.actor, r.source, r.mode, r.status,
       CAST(r.seconds AS DOUBLE), r.message, r.rejects_file, r.undone_by, COUNT(f.run_id),
       CAST(COALESCE(SUM(f.rows_read), 0) AS UNSIGNED), CAST(COALESCE(SUM(f.rows_inserted), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_updated), 0) AS UNSIGNED), CAST(COALESCE(SUM(f.rows_unchanged), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_rejected), 0) AS UNSIGNED), CAST(COALESCE(SUM(f.rows_deleted), 0) AS UNSIGNED)
  FROM (SELECT * FROM import_runs WHERE run_id <= ? ORDER BY run_id DESC LIMIT ?) r
  LEFT JOIN import_run_files f ON f.run_id = r.run_id
 GROUP BY r.run_id, r.started_at, r.actor, r.source, r.mode, r.status, r.seconds, r.message, r.rejects_file, r.undone_by
 ORDER BY r.run_id DESC

-- Runs below a number, the newest first, each with what became of its rows over all files.
-- Parameters: number or NULL for all, the same again, how many. Reads import_runs backwards by primary key, then import_run_files by its own.
SELECT r.run_id, r.started_at, r.actor, r.source, r.mode, r.status, r.seconds + 0e0,
       CAST(COALESCE(SUM(f.rows_read), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_inserted), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_updated), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_unchanged), 0) AS UNSIGNED),
       CAST(COALESCE(SUM(f.rows_rejected), 0) AS UNSIGNED)
  FROM (SELECT run_id, started_at, actor, source, mode, status, seconds
          FROM import_runs
         WHERE ? IS NULL OR run_id < ?
         ORDER BY run_id DESC
         LIMIT ?) r
  LEFT JOIN import_run_files f ON f.run_id = r.run_id
 GROUP BY r.run_id, r.started_at, r.actor, r.source, r.mode, r.status, r.seconds
 ORDER BY r.run_id DESC

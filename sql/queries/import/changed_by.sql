-- The loads that changed a row and could be undone by what is kept of it. :table_name, :key_1, :key_2 (0 where the key is one number).
-- Reads all of import_runs, and for each run one row of import_run_rows by primary key.
SELECT k.run_id
  FROM import_runs r
  STRAIGHT_JOIN import_run_rows k
    ON k.run_id = r.run_id AND k.table_name = :table_name AND k.key_1 = :key_1 AND k.key_2 = :key_2
 WHERE k.change_kind = 'updated'

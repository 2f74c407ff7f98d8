-- What a load changed of a row is never put back: the row was deleted by hand, and one that comes with its key is another. No row
-- has the version after this one, so the undoing of that load tells of it as changed since. :run_id, :table_name, :key_1, :key_2.
UPDATE import_run_rows
   SET version_before = 4294967294
 WHERE run_id = :run_id AND table_name = :table_name AND key_1 = :key_1 AND key_2 = :key_2

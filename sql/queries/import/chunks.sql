-- What chunked loads of one file have stored, as the sources of their runs tell it; undone ones do not count.
-- Parameters: the mode, the end of the source as a pattern. Reads import_runs whole, which has one row a load.
SELECT source FROM import_runs
 WHERE mode = ? AND status IN ('committed', 'nothing_to_do') AND undone_by IS NULL AND source LIKE ?

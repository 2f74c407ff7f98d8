-- How far each table of another system's server was read, so that the next load can ask for what is new alone.
--
-- A mark belongs to the run that loaded the rows: where that run is undone, its mark counts no more, and neither do those
-- that build on it (since_run).
CREATE TABLE IF NOT EXISTS api_marks (
  mark_id    BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  run_id     BIGINT UNSIGNED NOT NULL,
  since_run  BIGINT UNSIGNED NULL,
  address    VARCHAR(700) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  table_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pages      BIGINT UNSIGNED NOT NULL,
  field      VARCHAR(255) NULL,
  mark       VARCHAR(255) NULL,
  parameter  VARCHAR(255) NULL,
  etag       VARCHAR(1024) NULL,
  modified   VARCHAR(255) NULL,
  PRIMARY KEY (mark_id),
  KEY api_marks_by_address (address, table_name),
  KEY api_marks_by_run (run_id),
  CONSTRAINT api_marks_are_of_a_run FOREIGN KEY (run_id) REFERENCES import_runs (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

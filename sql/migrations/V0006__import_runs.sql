-- What was loaded, when, by whom, and what became of it.
CREATE TABLE IF NOT EXISTS import_runs (
  run_id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  started_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  finished_at  DATETIME(6) NULL,
  actor        VARCHAR(64) NOT NULL,
  source       VARCHAR(1024) NOT NULL,
  mode         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rejects_file VARCHAR(1024) NULL,
  seconds      DECIMAL(12,3) NULL,
  message      TEXT NULL,
  PRIMARY KEY (run_id),
  KEY import_runs_by_time (started_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS import_run_files (
  run_id         BIGINT UNSIGNED NOT NULL,
  table_name     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name      VARCHAR(255) NOT NULL,
  sha256         BINARY(32) NULL,
  rows_read      BIGINT UNSIGNED NOT NULL,
  rows_inserted  BIGINT UNSIGNED NOT NULL,
  rows_updated   BIGINT UNSIGNED NOT NULL,
  rows_unchanged BIGINT UNSIGNED NOT NULL,
  rows_rejected  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (run_id, table_name, file_name),
  CONSTRAINT import_run_files_are_of_a_run FOREIGN KEY (run_id) REFERENCES import_runs (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

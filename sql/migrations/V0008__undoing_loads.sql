-- What loading needs to be undone, and what its history tells besides.
--
-- A row says which run put it into the chain; with its version that is all there is to know in order to take a run's new
-- rows out again, and it costs nothing while loading. Of rows that a run changed or removed, the values before are kept.
-- MySQL has no ADD COLUMN IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'categories' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE categories
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'brands' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE brands
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'products' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE products
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'stores' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE stores
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'staffs' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE staffs
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'stocks' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE stocks
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'customers' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE customers
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE orders
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'order_items' AND column_name = 'loaded_by') = 0,
  'ALTER TABLE order_items
     ADD COLUMN loaded_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'import_runs' AND column_name = 'undone_by') = 0,
  'ALTER TABLE import_runs
     ADD COLUMN undone_by BIGINT UNSIGNED NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'import_run_files' AND column_name = 'rows_deleted') = 0,
  'ALTER TABLE import_run_files
     ADD COLUMN rows_deleted BIGINT UNSIGNED NOT NULL DEFAULT 0,
     ADD COLUMN written_how VARCHAR(255) NULL,
     ADD COLUMN mapping TEXT NULL',
  'DO 0');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;

-- Rows that a run changed or removed: their keys (the second is 0 where a table has but one), the version they had, and
-- the values they had, as JSON with text for every value.
CREATE TABLE IF NOT EXISTS import_run_rows (
  run_id         BIGINT UNSIGNED NOT NULL,
  table_name     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_1          INT UNSIGNED NOT NULL,
  key_2          INT UNSIGNED NOT NULL,
  change_kind    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version_before INT UNSIGNED NOT NULL,
  values_before  TEXT NOT NULL,
  PRIMARY KEY (run_id, table_name, key_1, key_2),
  CONSTRAINT import_run_rows_are_of_a_run FOREIGN KEY (run_id) REFERENCES import_runs (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

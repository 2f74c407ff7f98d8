-- The end of the chain of entries holds all that the server alone knows of the last one: number, time, the hash before and
-- its own. So one statement locks it, counts on and works out the hash, and the entry is taken from there.
-- MySQL has no ADD COLUMN IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'audit_head' AND column_name = 'recorded_at') = 0,
  'ALTER TABLE audit_head
     ADD COLUMN recorded_at   DATETIME(6) NULL,
     ADD COLUMN previous_hash BINARY(32) NULL',
  'DO 0');
PREPARE change_head FROM @change;
EXECUTE change_head;
DEALLOCATE PREPARE change_head;

-- Whether the audit log can be written as this version writes it (V0011__end_of_the_log). Asks the catalogue.
SELECT COUNT(*) > 0
  FROM information_schema.columns
 WHERE table_schema = DATABASE() AND table_name = 'audit_head' AND column_name = 'recorded_at'

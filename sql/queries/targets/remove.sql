-- No target any more in place of the one that was seen. :store_id, :month, :version and :before as they were seen.
-- Reads sales_targets by primary key; removes no row where somebody else has changed it.
DELETE FROM sales_targets
 WHERE store_id = :store_id AND month = :month AND version = :version AND amount = :before

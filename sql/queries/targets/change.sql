-- Another target in place of the one that was seen. :amount; :store_id, :month, :version and :before as they were seen.
-- Reads sales_targets by primary key; changes no row where somebody else has changed it.
UPDATE sales_targets
   SET amount = :amount, version = version + 1
 WHERE store_id = :store_id AND month = :month AND version = :version AND amount = :before

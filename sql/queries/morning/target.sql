-- The target of a month: of one store, or the sum over the stores that have one. NULL where there is none.
-- :store_id (may be NULL: the chain); :month, its first day. Reads sales_targets by primary key, or whole (it is small).
SELECT SUM(amount) FROM sales_targets WHERE month = :month AND (:store_id IS NULL OR store_id = :store_id)

-- The targets of months, each the sum over the stores that have one.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (first days of
-- months; both count). Reads sales_targets by primary key, or whole (it is small).
SELECT month, SUM(amount)
  FROM sales_targets
 WHERE month BETWEEN :from AND :to
   AND (:store_id IS NULL OR store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(store_id, :stores))
 GROUP BY month
 ORDER BY month

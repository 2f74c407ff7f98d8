-- What is on hand: its worth at list price, the pieces, and how many products of stores have any.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all).
-- Reads stocks whole, or by primary key for one store, and each product by primary key.
SELECT COALESCE(SUM(s.quantity * p.list_price), 0), CAST(COALESCE(SUM(s.quantity), 0) AS UNSIGNED), COUNT(*)
  FROM stocks s
  JOIN products p USING (product_id)
 WHERE s.quantity > 0
   AND (:store_id IS NULL OR s.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))

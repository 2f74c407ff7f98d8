-- How many products of stores are low, which is what low_stock.sql lists, and how many of these are out.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :fewer_than. Reads stocks by quantity, or by primary key for one store.
SELECT COUNT(*), CAST(COALESCE(SUM(s.quantity = 0), 0) AS UNSIGNED)
  FROM stocks s
 WHERE s.quantity < :fewer_than AND (:store_id IS NULL OR s.store_id = :store_id)
   AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))

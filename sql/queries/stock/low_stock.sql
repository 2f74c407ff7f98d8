-- Products of which a store has fewer than :fewer_than pieces on hand, the least first.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :fewer_than; :limit. Reads stocks by quantity, or by primary key for one store.
SELECT s.product_id, s.store_id, p.product_name, st.store_name, s.quantity
  FROM stocks s
  JOIN products p USING (product_id)
  JOIN stores st USING (store_id)
 WHERE s.quantity < :fewer_than AND (:store_id IS NULL OR s.store_id = :store_id)
   AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))
 ORDER BY s.quantity, p.product_name, st.store_name
 LIMIT :limit

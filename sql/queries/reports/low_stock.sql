-- Products of which a store has fewer than :fewer_than pieces, as stock/low_stock.sql counts them, with the pieces that its
-- open orders still want; by store, the least on hand first. :store_id (may be NULL: several);
-- :stores (those, as a list with commas; may be NULL: all).
-- Reads stocks by quantity, or by primary key for one store; order_items by product, orders by primary key.
SELECT st.store_name, p.product_id, p.product_name, b.brand_name, CAST(s.quantity AS SIGNED) AS on_hand,
       (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS SIGNED)
          FROM order_items i
          JOIN orders o USING (order_id)
         WHERE i.product_id = s.product_id AND o.store_id = s.store_id AND o.order_status IN (1, 2)) AS promised
  FROM stocks s
  JOIN products p USING (product_id)
  JOIN brands b USING (brand_id)
  JOIN stores st USING (store_id)
 WHERE s.quantity < :fewer_than AND (:store_id IS NULL OR s.store_id = :store_id)
   AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))
 ORDER BY st.store_name, s.quantity, p.product_name, p.product_id

-- The products with the highest net sales, best first, and what is on hand of each now.
-- :measure; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both days count); :limit.
-- Reads orders by (store_id, order_date) or (order_date), order_items and products by primary key, stocks by product.
-- The names are looked up, not joined: MariaDB 10.11.14 loses the LIMIT of what is joined by what it is grouped by.
SELECT best.product_id, (SELECT p.product_name FROM products p WHERE p.product_id = best.product_id) AS product_name,
       best.units, best.net,
       (SELECT CAST(SUM(s.quantity) AS SIGNED)
          FROM stocks s
         WHERE s.product_id = best.product_id AND (:store_id IS NULL OR s.store_id = :store_id)
           AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))) AS on_hand
  FROM (SELECT i.product_id, CAST(SUM(i.quantity) AS UNSIGNED) AS units, SUM(i.line_net) AS net
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND o.order_date BETWEEN :from AND :to
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
         GROUP BY i.product_id
         ORDER BY net DESC, i.product_id
         LIMIT :limit) AS best
 ORDER BY best.net DESC, best.product_id

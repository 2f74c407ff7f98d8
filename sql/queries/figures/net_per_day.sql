-- Net sales of each business day that has any, oldest first.
-- :measure; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both days count).
-- Reads orders by (store_id, order_date) or (order_date), then order_items by primary key.
SELECT o.order_date AS day, SUM(i.line_net) AS net
  FROM orders o
  JOIN order_items i USING (order_id)
 WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
   AND o.order_date BETWEEN :from AND :to
   AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
 GROUP BY o.order_date
 ORDER BY o.order_date

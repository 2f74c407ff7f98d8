-- Net sales of each store that has any, the most first.
-- :measure; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both
-- days count).
-- Reads orders by (store_id, order_date) or (order_date), then order_items by primary key, and stores for their names.
SELECT sums.store_id AS id, st.store_name AS name, sums.net, sums.units
  FROM (SELECT o.store_id, SUM(i.line_net) AS net, CAST(SUM(i.quantity) AS UNSIGNED) AS units
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND o.order_date BETWEEN :from AND :to
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
         GROUP BY o.store_id) AS sums
  JOIN stores st ON st.store_id = sums.store_id
 ORDER BY sums.net DESC, sums.store_id

-- Net sales of each category that has any, the most first.
-- :measure; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both
-- days count).
-- Reads orders by (store_id, order_date) or (order_date), then order_items by primary key; of the sums of its products, each
-- product and category by primary key.
SELECT p.category_id AS id, c.category_name AS name, SUM(sums.net) AS net, CAST(SUM(sums.units) AS UNSIGNED) AS units
  FROM (SELECT i.product_id, SUM(i.line_net) AS net, SUM(i.quantity) AS units
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND o.order_date BETWEEN :from AND :to
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
         GROUP BY i.product_id) AS sums
  JOIN products p ON p.product_id = sums.product_id
  JOIN categories c ON c.category_id = p.category_id
 GROUP BY p.category_id, c.category_name
 ORDER BY net DESC, p.category_id

-- The figures of docs/FIGURES.md over the lines of one product: orders, units, gross, net. As sold.sql, for a part of each order.
-- :id; :measure (all, booked, shipped). Reads order_items by product, orders by primary key.
SELECT COUNT(DISTINCT o.order_id) AS orders,
       CAST(COALESCE(SUM(i.quantity), 0) AS UNSIGNED) AS units,
       COALESCE(SUM(i.line_gross), 0) AS gross,
       COALESCE(SUM(i.line_net), 0) AS net
  FROM order_items i
  JOIN orders o USING (order_id)
 WHERE i.product_id = :id
   AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))

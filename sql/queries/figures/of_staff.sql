-- The figures of docs/FIGURES.md over the orders of one staff: orders, units, gross, net. As sold.sql, for another part of the chain.
-- :id; :measure (all, booked, shipped). Reads orders by staff, order_items by primary key.
SELECT counted.orders, lines_of.units, lines_of.gross, lines_of.net
  FROM (SELECT COUNT(*) AS orders
          FROM orders o
         WHERE o.staff_id = :id
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
       ) AS counted
 CROSS JOIN
       (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS UNSIGNED) AS units,
               COALESCE(SUM(i.line_gross), 0) AS gross,
               COALESCE(SUM(i.line_net), 0) AS net
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE o.staff_id = :id
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
       ) AS lines_of

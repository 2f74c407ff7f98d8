-- The figures of docs/FIGURES.md over a scope: orders, units, gross, net.
-- :measure (all, booked, shipped); :store_id, :stores (a list with commas), :from, :to (each may be NULL: no bound; both days
-- count).
-- Reads orders by (store_id, order_date) or (order_date), then order_items by primary key.
SELECT counted.orders, lines_of.units, lines_of.gross, lines_of.net
  FROM (SELECT COUNT(*) AS orders
          FROM orders o
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND (:from IS NULL OR o.order_date >= :from)
           AND (:to IS NULL OR o.order_date <= :to)
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
       ) AS counted
 CROSS JOIN
       (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS UNSIGNED) AS units,
               COALESCE(SUM(i.line_gross), 0) AS gross,
               COALESCE(SUM(i.line_net), 0) AS net
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND (:from IS NULL OR o.order_date >= :from)
           AND (:to IS NULL OR o.order_date <= :to)
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
       ) AS lines_of

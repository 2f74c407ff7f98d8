-- What each member of the staff sold in each store on each business day: the sums that all figures of docs/FIGURES.md over a
-- scope are added up from. An order without lines is an order.
-- :measure (all, booked, shipped); :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all);
-- :from, :to (each may be NULL: no bound; both days count).
-- Reads orders by (order_date, store_id, staff_id, ...) alone, in that order, then order_items by primary key.
SELECT o.order_date, o.store_id, o.staff_id, COUNT(DISTINCT o.order_id) AS orders,
       CAST(COALESCE(SUM(i.quantity), 0) AS UNSIGNED) AS units,
       COALESCE(SUM(i.line_gross), 0) AS gross, COALESCE(SUM(i.line_net), 0) AS net
  FROM orders o
  LEFT JOIN order_items i ON i.order_id = o.order_id
 WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
   AND (:from IS NULL OR o.order_date >= :from)
   AND (:to IS NULL OR o.order_date <= :to)
   AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
 GROUP BY o.order_date, o.store_id, o.staff_id
 ORDER BY o.order_date, o.store_id, o.staff_id

-- Net sales of each member of the staff that has any, the most first.
-- :measure; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both
-- days count);
-- :people (the staff, as a list with commas; may be NULL: all).
-- Reads orders by (store_id, order_date) or (order_date), then order_items by primary key, and staffs for their names.
SELECT sums.staff_id AS id, CONCAT_WS(' ', sf.first_name, sf.last_name) AS name, sums.net, sums.units
  FROM (SELECT o.staff_id, SUM(i.line_net) AS net, CAST(SUM(i.quantity) AS UNSIGNED) AS units
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND o.order_date BETWEEN :from AND :to
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
           AND (:people IS NULL OR FIND_IN_SET(o.staff_id, :people))
         GROUP BY o.staff_id) AS sums
  JOIN staffs sf ON sf.staff_id = sums.staff_id
 ORDER BY sums.net DESC, sums.staff_id

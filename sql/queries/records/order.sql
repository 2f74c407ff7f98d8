-- One order with the sums of its lines, and whether it is late. :id; :as_of, the first day that counts as not yet late.
-- Reads orders, customers, stores and staffs by primary key, order_items by the order.
SELECT o.order_status, o.order_status IN (1, 2) AND o.required_date < :as_of, o.order_date, o.required_date, o.shipped_date,
       o.customer_id, CONCAT(c.first_name, ' ', c.last_name), o.store_id, s.store_name, o.staff_id,
       CONCAT(f.first_name, ' ', f.last_name),
       (SELECT CAST(COALESCE(SUM(i.quantity), 0) AS SIGNED) FROM order_items i WHERE i.order_id = o.order_id),
       (SELECT COALESCE(SUM(i.line_gross), 0) FROM order_items i WHERE i.order_id = o.order_id),
       (SELECT COALESCE(SUM(i.line_net), 0) FROM order_items i WHERE i.order_id = o.order_id)
  FROM orders o
  JOIN customers c ON c.customer_id = o.customer_id
  JOIN stores s ON s.store_id = o.store_id
  JOIN staffs f ON f.staff_id = o.staff_id
 WHERE o.order_id = :id

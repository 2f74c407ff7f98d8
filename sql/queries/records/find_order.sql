-- The order of a number. :number; :limit. Reads orders and customers by primary key.
SELECT o.order_id, CONCAT('Order ', o.order_id), CONCAT(c.first_name, ' ', c.last_name, ' · ', o.order_date)
  FROM orders o
  JOIN customers c ON c.customer_id = o.customer_id
 WHERE o.order_id = :number
 LIMIT :limit

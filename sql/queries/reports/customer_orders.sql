-- The orders of customers, each customer's newest first.
-- :first, :last (numbers of customers; both count). Reads orders by customer.
SELECT customer_id, order_id, order_status, order_date, required_date, shipped_date, store_id
  FROM orders
 WHERE customer_id BETWEEN :first AND :last
 ORDER BY customer_id, order_date DESC, order_id DESC

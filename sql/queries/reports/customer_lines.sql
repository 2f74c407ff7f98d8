-- The lines of customers' orders, in the order of customer_orders.sql.
-- :first, :last (numbers of customers; both count). Reads orders by customer, order_items and products by primary key.
SELECT i.order_id, p.product_name, i.quantity, i.list_price, i.discount, i.line_gross, i.line_net
  FROM orders o
  JOIN order_items i USING (order_id)
  JOIN products p USING (product_id)
 WHERE o.customer_id BETWEEN :first AND :last
 ORDER BY o.customer_id, o.order_date DESC, o.order_id DESC, i.item_id

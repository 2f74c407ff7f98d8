-- Whether an order that was not rejected took the product of a stock `s` from its store in a span: what is slow otherwise
-- (docs/FIGURES.md). Put into conditions by db/records, which fills in :from and :to (both days count).
-- Reads the orders of the span by (order_date, store_id, ...) alone and their order_items by primary key, once; without the hint
-- MySQL 9 reads all orders.
SELECT 1
  FROM orders r FORCE INDEX (orders_for_figures)
  JOIN order_items l ON l.order_id = r.order_id
 WHERE r.order_date BETWEEN :from AND :to AND r.order_status <> 3
   AND r.store_id = s.store_id AND l.product_id = s.product_id

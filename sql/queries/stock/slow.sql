-- Products that lie in a store and were not sold there in a span (in orders that were not rejected), the dearest stock first;
-- how many there are in all, and what they are worth.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both days count);
-- :limit.
-- Reads the orders of the span by (order_date, store_id, ...) alone and their order_items by primary key, once; stocks of the
-- stores, each product by primary key. Without the hint MySQL 9 reads all orders.
SELECT slow.product_id, slow.store_id, p.product_name, st.store_name, slow.quantity, slow.value, slow.total, slow.total_value
  FROM (SELECT s.product_id, s.store_id, s.quantity, s.quantity * lying.list_price AS value,
               COUNT(*) OVER () AS total, SUM(s.quantity * lying.list_price) OVER () AS total_value
          FROM stocks s
          JOIN products lying ON lying.product_id = s.product_id
         WHERE (:store_id IS NULL OR s.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))
           AND s.quantity > 0
           AND NOT EXISTS (SELECT 1
                             FROM orders o FORCE INDEX (orders_for_figures)
                             JOIN order_items i ON i.order_id = o.order_id
                            WHERE o.order_date BETWEEN :from AND :to AND o.order_status <> 3
                              AND o.store_id = s.store_id AND i.product_id = s.product_id)
         ORDER BY value DESC, s.product_id, s.store_id
         LIMIT :limit) AS slow
  JOIN products p ON p.product_id = slow.product_id
  JOIN stores st ON st.store_id = slow.store_id
 ORDER BY slow.value DESC, slow.product_id, slow.store_id

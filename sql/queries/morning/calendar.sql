-- The days of the oldest order and of the newest that was not rejected (a month of rejected orders alone has no sales to
-- look at), and the time zone of the store (of the first store, for the chain).
-- :store_id (may be NULL: the chain). Reads the ends of orders by (store_id, order_date, ...) or (order_date, ...).
SELECT (SELECT order_date FROM orders
         WHERE :store_id IS NULL OR store_id = :store_id
         ORDER BY order_date LIMIT 1) AS oldest,
       (SELECT order_date FROM orders
         WHERE order_status <> 3 AND (:store_id IS NULL OR store_id = :store_id)
         ORDER BY order_date DESC LIMIT 1) AS newest,
       (SELECT time_zone FROM stores WHERE :store_id IS NULL OR store_id = :store_id ORDER BY store_id LIMIT 1) AS time_zone

-- The days of the oldest and the newest order, and the time zone of the store (of the first store, for the chain).
-- :store_id (may be NULL: the chain). Reads the ends of orders by (store_id, order_date) or (order_date).
SELECT (SELECT MIN(order_date) FROM orders WHERE :store_id IS NULL OR store_id = :store_id) AS oldest,
       (SELECT MAX(order_date) FROM orders WHERE :store_id IS NULL OR store_id = :store_id) AS newest,
       (SELECT time_zone FROM stores WHERE :store_id IS NULL OR store_id = :store_id ORDER BY store_id LIMIT 1) AS time_zone

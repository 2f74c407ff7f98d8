-- The days of the oldest order and of the newest that was not rejected (a month of rejected orders alone has no sales to
-- look at), and the time zone of the store, or of the first of several.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all).
-- Reads the ends of each store's orders by (store_id, order_date, ...).
SELECT MIN(ends.oldest), MAX(ends.newest), (SELECT time_zone FROM stores WHERE store_id = MIN(ends.store_id))
  FROM (SELECT st.store_id,
               (SELECT o.order_date FROM orders o
                 WHERE o.store_id = st.store_id
                 ORDER BY o.order_date LIMIT 1) AS oldest,
               (SELECT o.order_date FROM orders o
                 WHERE o.store_id = st.store_id AND o.order_status <> 3
                 ORDER BY o.order_date DESC LIMIT 1) AS newest
          FROM stores st
         WHERE (:store_id IS NULL OR st.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(st.store_id, :stores))
       ) AS ends

-- Orders placed in a span that are pending or processing, and how many of them are late on a day.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :from, :to (both days count); :as_of, the first day that counts as not yet late.
-- Reads orders by (store_id, order_date) or (order_date).
SELECT COUNT(*) AS open, CAST(COALESCE(SUM(o.required_date < :as_of), 0) AS UNSIGNED) AS late
  FROM orders o
 WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
   AND o.order_date BETWEEN :from AND :to
   AND o.order_status IN (1, 2)

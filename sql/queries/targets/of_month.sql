-- The target of each store for a month, by name; amount NULL and version 0 where none is set.
-- :month, its first day; :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all).
-- Reads stores whole (they are few), and sales_targets by primary key.
SELECT st.store_id, st.store_name, t.amount, COALESCE(t.version, 0) AS version
  FROM stores st
  LEFT JOIN sales_targets t ON t.store_id = st.store_id AND t.month = :month
 WHERE (:store_id IS NULL OR st.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(st.store_id, :stores))
 ORDER BY st.store_name, st.store_id

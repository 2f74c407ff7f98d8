-- Products of which a store has promised more in open orders (pending or processing) than it has, the most wanting first,
-- and how many there are in all.
-- :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all); :limit.
-- Reads open orders by order_status, order_items and stocks by primary key.
SELECT wanting.product_id, wanting.store_id, p.product_name, st.store_name, wanting.promised, wanting.quantity, wanting.total
  FROM (SELECT open_lines.product_id, open_lines.store_id, open_lines.promised, s.quantity,
               open_lines.promised - COALESCE(s.quantity, 0) AS missing, COUNT(*) OVER () AS total
          FROM (SELECT o.store_id, i.product_id, CAST(SUM(i.quantity) AS SIGNED) AS promised
                  FROM orders o
                  JOIN order_items i USING (order_id)
                 WHERE o.order_status IN (1, 2)
                   AND (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
                 GROUP BY o.store_id, i.product_id) AS open_lines
          LEFT JOIN stocks s ON s.store_id = open_lines.store_id AND s.product_id = open_lines.product_id
         WHERE open_lines.promised > COALESCE(s.quantity, 0)
         ORDER BY missing DESC, open_lines.product_id, open_lines.store_id
         LIMIT :limit) AS wanting
  JOIN products p ON p.product_id = wanting.product_id
  JOIN stores st ON st.store_id = wanting.store_id
 ORDER BY wanting.missing DESC, wanting.product_id, wanting.store_id

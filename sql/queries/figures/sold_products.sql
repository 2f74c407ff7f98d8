-- The products of a scope, the most net sales first, with category and brand, and what is on hand of each now.
-- :measure (all, booked, shipped); :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all);
-- :from, :to (each may be NULL: no bound; both days count).
-- Reads orders by (order_date, store_id, ...) alone, then order_items by primary key; of each product its
-- row, category and brand by primary key, and its stocks by product.
SELECT sums.product_id, p.product_name, p.category_id, c.category_name, p.brand_id, b.brand_name, sums.units, sums.net,
       (SELECT CAST(SUM(s.quantity) AS SIGNED)
          FROM stocks s
         WHERE s.product_id = sums.product_id AND (:store_id IS NULL OR s.store_id = :store_id)
           AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))) AS on_hand
  FROM (SELECT i.product_id, CAST(SUM(i.quantity) AS UNSIGNED) AS units, SUM(i.line_net) AS net
          FROM orders o
          JOIN order_items i USING (order_id)
         WHERE (:store_id IS NULL OR o.store_id = :store_id) AND (:stores IS NULL OR FIND_IN_SET(o.store_id, :stores))
           AND (:from IS NULL OR o.order_date >= :from)
           AND (:to IS NULL OR o.order_date <= :to)
           AND (:measure = 'all' OR (o.order_status <> 3 AND (:measure = 'booked' OR o.shipped_date IS NOT NULL)))
         GROUP BY i.product_id) AS sums
  JOIN products p ON p.product_id = sums.product_id
  JOIN categories c ON c.category_id = p.category_id
  JOIN brands b ON b.brand_id = p.brand_id
 ORDER BY sums.net DESC, sums.product_id

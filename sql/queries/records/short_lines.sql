-- Lines of open orders whose store has promised more of the product, in all its open orders, than it has: what is promised beyond stock
-- (docs/FIGURES.md), line by line. Put into conditions by db/records. Reads open orders by order_status, order_items and stocks by primary key.
SELECT r.order_id, l.item_id
  FROM orders r
  JOIN order_items l ON l.order_id = r.order_id
  JOIN (SELECT w.store_id, n.product_id, SUM(n.quantity) AS promised
          FROM orders w
          JOIN order_items n ON n.order_id = w.order_id
         WHERE w.order_status IN (1, 2)
         GROUP BY w.store_id, n.product_id) AS wanted ON wanted.store_id = r.store_id AND wanted.product_id = l.product_id
  LEFT JOIN stocks k ON k.store_id = r.store_id AND k.product_id = l.product_id
 WHERE r.order_status IN (1, 2) AND wanted.promised > COALESCE(k.quantity, 0)

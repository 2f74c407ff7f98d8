-- What stores have of products, as a table shows it. Conditions, order and limit are put behind by db/records.
SELECT (SELECT n.store_name FROM stores n WHERE n.store_id = s.store_id),
       (SELECT n.product_name FROM products n WHERE n.product_id = s.product_id), s.quantity,
       (SELECT n.list_price FROM products n WHERE n.product_id = s.product_id),
       s.quantity * (SELECT n.list_price FROM products n WHERE n.product_id = s.product_id)
  FROM stocks s

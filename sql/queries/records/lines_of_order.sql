-- The lines of one order, each with the number of its product. :id; :limit. Reads order_items by the order, products by primary key.
SELECT p.product_name, i.quantity, i.list_price, i.discount, i.line_net, i.product_id
  FROM order_items i
  JOIN products p ON p.product_id = i.product_id
 WHERE i.order_id = :id
 ORDER BY i.item_id
 LIMIT :limit

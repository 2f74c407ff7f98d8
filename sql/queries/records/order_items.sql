-- Order lines as a table shows them. Conditions, order and limit are put behind by db/records.
SELECT i.order_id, i.item_id, (SELECT n.product_name FROM products n WHERE n.product_id = i.product_id), i.quantity, i.list_price,
       i.discount, i.line_net
  FROM order_items i

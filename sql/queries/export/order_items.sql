-- Every row of order_items, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT order_id, item_id, product_id, quantity, list_price, discount
  FROM order_items
 ORDER BY order_id, item_id

-- Every row of orders, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT order_id, customer_id, order_status, order_date, required_date, shipped_date, store_id, staff_id
  FROM orders
 ORDER BY order_id

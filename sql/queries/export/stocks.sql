-- Every row of stocks, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT store_id, product_id, quantity
  FROM stocks
 ORDER BY store_id, product_id

-- Every row of products, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT product_id, product_name, brand_id, category_id, model_year, list_price
  FROM products
 ORDER BY product_id

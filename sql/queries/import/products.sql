-- Every product by number and name, for finding those that files name. No parameters. Reads the whole table.
SELECT product_id, product_name FROM products

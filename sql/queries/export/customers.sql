-- Every row of customers, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT customer_id, first_name, last_name, phone, email, street, city, state, zip_code
  FROM customers
 ORDER BY customer_id

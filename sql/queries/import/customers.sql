-- Every customer by number and e-mail address, for finding those that files name so. No parameters. Reads the whole table.
SELECT customer_id, email FROM customers WHERE email IS NOT NULL

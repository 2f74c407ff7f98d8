-- Customers as a table shows them. Conditions, order and limit are put behind by db/records, which also puts the keys of customers
-- that have certain words before them.
SELECT c.customer_id, CONCAT(c.first_name, ' ', c.last_name), c.phone, c.city, c.email, c.street, c.zip_code, c.state
  FROM customers c

-- Customers with their addresses, in the order of their numbers.
-- :first, :last (numbers of customers; both count). Reads customers by primary key.
SELECT customer_id, first_name, last_name, phone, email, street, city, state, zip_code
  FROM customers
 WHERE customer_id BETWEEN :first AND :last
 ORDER BY customer_id

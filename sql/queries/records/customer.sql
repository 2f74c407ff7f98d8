-- One customer. :id. Reads customers by primary key.
SELECT CONCAT(first_name, ' ', last_name), phone, email, street, city, state, zip_code
  FROM customers
 WHERE customer_id = :id

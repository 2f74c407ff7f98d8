-- Customers by the first digits of their telephone number. :digits (a LIKE pattern); :limit.
-- Reads the first rows of a range of customers by phone, in its order.
SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
  FROM customers
 WHERE phone_digits LIKE :digits
 ORDER BY phone_digits, customer_id
 LIMIT :limit

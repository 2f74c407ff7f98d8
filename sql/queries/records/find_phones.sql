-- Customers by the first digits of their telephone number, or by the last. :first, :last (LIKE patterns, the latter of the digits
-- turned round); :limit, for each way. Each reads the first rows of a range of an index, in its order.
(SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
   FROM customers
  WHERE phone_digits LIKE :first
  ORDER BY phone_digits, customer_id
  LIMIT :limit)
UNION
(SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
   FROM customers
  WHERE phone_ends LIKE :last
  ORDER BY phone_ends, customer_id
  LIMIT :limit)

-- Customers by name, one part of it and another, whichever way round they are typed; and by e-mail address.
-- :one, :other, :email (LIKE patterns that begin with what was typed; ! before what is to be taken as it is); :limit, for each way.
-- Each way reads the first rows of a range of an index, in its order: by last name, by first name, by e-mail address.
(SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
   FROM customers
  WHERE last_name LIKE :one ESCAPE '!' AND first_name LIKE :other ESCAPE '!'
  ORDER BY last_name, first_name, customer_id
  LIMIT :limit)
UNION
(SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
   FROM customers
  WHERE first_name LIKE :one ESCAPE '!' AND last_name LIKE :other ESCAPE '!'
  ORDER BY first_name, last_name, customer_id
  LIMIT :limit)
UNION
(SELECT customer_id, CONCAT(first_name, ' ', last_name), CONCAT_WS(' · ', city, phone)
   FROM customers
  WHERE email LIKE :email ESCAPE '!'
  ORDER BY email, customer_id
  LIMIT :limit)

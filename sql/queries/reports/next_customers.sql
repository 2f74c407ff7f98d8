-- The numbers of the next customers after one. :after, :limit. Reads customers by primary key.
SELECT customer_id FROM customers WHERE customer_id > :after ORDER BY customer_id LIMIT :limit

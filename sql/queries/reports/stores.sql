-- Every store with what the head of a letter says, by number. Reads stores whole: they are few.
SELECT store_id, store_name, phone, email, street, city, state, zip_code FROM stores ORDER BY store_id

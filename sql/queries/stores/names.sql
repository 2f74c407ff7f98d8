-- Every store, by name.
SELECT store_id, store_name FROM stores ORDER BY store_name, store_id

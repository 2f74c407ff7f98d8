-- Every store by number and name, for finding the stores that files name. No parameters. Reads the whole table, which is small.
SELECT store_id, store_name FROM stores

-- Every row of stores, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT store_id, store_name, phone, email, street, city, state, zip_code, time_zone
  FROM stores
 ORDER BY store_id

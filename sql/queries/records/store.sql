-- One store. :id. Reads stores by primary key.
SELECT store_name, phone, email, street, city, state, zip_code, time_zone
  FROM stores
 WHERE store_id = :id

-- Stores as a table shows them. Conditions, order and limit are put behind by db/records.
SELECT s.store_id, s.store_name, s.phone, s.city, s.email, s.street, s.zip_code, s.state, s.time_zone
  FROM stores s

-- Brands as a table shows them. Conditions, order and limit are put behind by db/records.
SELECT b.brand_id, b.brand_name
  FROM brands b

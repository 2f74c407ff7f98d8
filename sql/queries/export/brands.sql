-- Every row of brands, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT brand_id, brand_name
  FROM brands
 ORDER BY brand_id

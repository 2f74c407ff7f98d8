-- One brand. :id. Reads brands by primary key, products by brand.
SELECT b.brand_name, (SELECT COUNT(*) FROM products p WHERE p.brand_id = b.brand_id)
  FROM brands b
 WHERE b.brand_id = :id

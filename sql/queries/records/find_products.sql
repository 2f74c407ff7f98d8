-- Products whose names have these letters. :name (a LIKE pattern); :limit.
-- Reads products by name from end to end, for letters in the middle have no index; of the rows themselves it reads a few.
SELECT p.product_id, p.product_name, (SELECT n.brand_name FROM brands n WHERE n.brand_id = p.brand_id)
  FROM products p
 WHERE p.product_name LIKE :name ESCAPE '!'
 ORDER BY p.product_name, p.product_id
 LIMIT :limit

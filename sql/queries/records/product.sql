-- One product, and the pieces all stores have of it. :id. Reads products, brands and categories by primary key, stocks by product.
SELECT p.product_name, p.brand_id, b.brand_name, p.category_id, g.category_name, p.model_year, p.list_price,
       (SELECT CAST(SUM(k.quantity) AS SIGNED) FROM stocks k WHERE k.product_id = p.product_id)
  FROM products p
  JOIN brands b ON b.brand_id = p.brand_id
  JOIN categories g ON g.category_id = p.category_id
 WHERE p.product_id = :id

-- One category. :id. Reads categories by primary key, products by category.
SELECT g.category_name, (SELECT COUNT(*) FROM products p WHERE p.category_id = g.category_id)
  FROM categories g
 WHERE g.category_id = :id

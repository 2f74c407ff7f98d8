-- What is on hand of every product, a row for each store that counted it and one without a store where none did, by
-- category, name and number. :store_id (may be NULL: several); :stores (those, as a list with commas; may be NULL: all).
-- Reads products whole, for it is the list of them; stocks by product.
SELECT c.category_name, b.brand_name, p.product_id, p.product_name, p.list_price, s.store_id, s.quantity
  FROM products p
  JOIN categories c USING (category_id)
  JOIN brands b USING (brand_id)
  LEFT JOIN stocks s ON s.product_id = p.product_id AND (:store_id IS NULL OR s.store_id = :store_id)
   AND (:stores IS NULL OR FIND_IN_SET(s.store_id, :stores))
 ORDER BY c.category_name, c.category_id, p.product_name, p.product_id, s.store_id

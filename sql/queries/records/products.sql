-- Products as a table shows them. Conditions, order and limit are put behind by db/records.
-- Products, stores, staff, brands and categories are few enough to be read whole, and so can be put in any order.
SELECT p.product_id, p.product_name, (SELECT n.brand_name FROM brands n WHERE n.brand_id = p.brand_id),
       (SELECT n.category_name FROM categories n WHERE n.category_id = p.category_id), p.model_year, p.list_price
  FROM products p

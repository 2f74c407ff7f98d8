-- Categories as a table shows them. Conditions, order and limit are put behind by db/records.
SELECT g.category_id, g.category_name
  FROM categories g

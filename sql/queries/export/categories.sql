-- Every row of categories, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT category_id, category_name
  FROM categories
 ORDER BY category_id

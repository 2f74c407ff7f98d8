-- Every category by number and name, for finding those that files name. No parameters. Reads the whole table.
SELECT category_id, category_name FROM categories

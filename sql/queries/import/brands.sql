-- Every brand by number and name, for finding those that files name. No parameters. Reads the whole table.
SELECT brand_id, brand_name FROM brands

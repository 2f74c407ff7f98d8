-- Every member of staff, for finding those that files name. No parameters. Reads the whole table, which is small.
SELECT staff_id, first_name, last_name, email, store_id FROM staffs

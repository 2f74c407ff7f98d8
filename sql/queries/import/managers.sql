-- Who manages whom. No parameters. Reads the whole table, which is small.
SELECT staff_id, manager_id FROM staffs

-- Who manages whom, held still until the transaction that asks is over. No parameters. Reads the whole table, which is small.
SELECT staff_id, manager_id FROM staffs FOR UPDATE

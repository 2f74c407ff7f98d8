-- Every row of staffs, with the columns that a load takes. No parameters. Reads the whole table in the order of its primary key.
SELECT staff_id, first_name, last_name, email, phone, active, store_id, manager_id
  FROM staffs
 ORDER BY staff_id

-- The name of everybody of the staff, whoever works here still or not. No parameters; all rows of staffs are read.
SELECT staff_id, CONCAT_WS(' ', first_name, last_name) FROM staffs

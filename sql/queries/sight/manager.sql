-- Whom a user works for. Parameter: user. Reads users, staffs and stores by primary key.
SELECT chief.staff_id, CONCAT_WS(' ', chief.first_name, chief.last_name), st.store_name, chief.email, chief.phone
  FROM users u
  JOIN staffs s ON s.staff_id = u.staff_id
  JOIN staffs chief ON chief.staff_id = s.manager_id
  JOIN stores st ON st.store_id = chief.store_id
 WHERE u.user_id = ?

-- Everybody of the staff who works here and is no user yet, by name: whom a user may be linked to. No parameters.
-- All rows of staffs are read; users_by_staff finds who is a user.
SELECT f.staff_id, CONCAT(f.first_name, ' ', f.last_name) AS staff_name, s.store_name
  FROM staffs f
  JOIN stores s ON s.store_id = f.store_id
  LEFT JOIN users u ON u.staff_id = f.staff_id
 WHERE f.active AND u.user_id IS NULL
 ORDER BY staff_name, f.staff_id

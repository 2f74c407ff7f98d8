-- A member of staff, and the user that is linked to them. ?: staff_id. staffs by primary key, users_by_staff.
SELECT CONCAT(p.first_name, ' ', p.last_name), u.username
  FROM staffs p LEFT JOIN users u ON u.staff_id = p.staff_id
 WHERE p.staff_id = ?

-- Links a user of a demo to one of its staff, unless there is none of that number or they have an account.
-- :username, :staff_id. The user is looked up by users_by_name, the staff by primary key and users_by_staff.
UPDATE users u
  JOIN staffs s ON s.staff_id = :staff_id
  LEFT JOIN users taken ON taken.staff_id = s.staff_id
   SET u.staff_id = s.staff_id
 WHERE u.username = :username AND taken.user_id IS NULL

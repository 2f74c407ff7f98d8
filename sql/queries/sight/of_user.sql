-- What a user is now, and whom and which stores they look after: of a manager themselves and everybody who works for them,
-- directly or through others; of anybody else themselves. A row for each, one with NULLs where the user is no member of the
-- staff. A ring of managers ends by itself: UNION takes each once.
-- Parameter: user. Reads users and staffs by primary key, then staffs by manager.
WITH RECURSIVE people AS (
  SELECT s.staff_id, s.store_id, u.role = 'manager' AS leads
    FROM users u
    JOIN staffs s ON s.staff_id = u.staff_id
   WHERE u.user_id = :user_id
   UNION
  SELECT s.staff_id, s.store_id, p.leads
    FROM people p
    JOIN staffs s ON s.manager_id = p.staff_id
   WHERE p.leads
)
SELECT u.role, people.staff_id, people.store_id
  FROM users u
  LEFT JOIN people ON TRUE
 WHERE u.user_id = :user_id
 ORDER BY people.staff_id

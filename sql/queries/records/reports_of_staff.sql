-- Everybody who reports to a member of the staff, directly or through others, each below the one they report to. :id; :limit.
-- Reads staffs by manager. No tree is twenty deep: that end is for a ring, which the checks of a load keep out.
WITH RECURSIVE tree (staff_id, depth, path) AS (
  SELECT f.staff_id, 0, CAST(LPAD(f.staff_id, 10, '0') AS CHAR(1000)) FROM staffs f WHERE f.manager_id = :id
  UNION ALL
  SELECT f.staff_id, t.depth + 1, CONCAT(t.path, LPAD(f.staff_id, 10, '0'))
    FROM tree t
    JOIN staffs f ON f.manager_id = t.staff_id
   WHERE t.depth < 20
)
SELECT CONCAT(f.first_name, ' ', f.last_name), s.store_name, f.active, t.depth, f.staff_id
  FROM tree t
  JOIN staffs f ON f.staff_id = t.staff_id
  JOIN stores s ON s.store_id = f.store_id
 ORDER BY t.path
 LIMIT :limit

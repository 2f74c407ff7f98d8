-- Staff from whom the way up, manager by manager, never ends: they are in a ring, or under one. No way is longer than there
-- are staff. Reads staffs by primary key, once for each step.
WITH RECURSIVE up (staff_id, manager_id, steps) AS (
  SELECT staff_id, manager_id, 1 FROM staffs WHERE manager_id IS NOT NULL
  UNION ALL
  SELECT up.staff_id, s.manager_id, up.steps + 1
    FROM up JOIN staffs s ON s.staff_id = up.manager_id
   WHERE s.manager_id IS NOT NULL AND up.steps <= LEAST((SELECT COUNT(*) FROM staffs), 500)
)
SELECT 'staff whose managers go round in a ring', COUNT(DISTINCT staff_id)
  FROM up
 WHERE steps > LEAST((SELECT COUNT(*) FROM staffs), 500)

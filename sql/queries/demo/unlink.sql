-- Users are members of the demo's staff no longer. :run. Reads users whole: they are few.
UPDATE users u JOIN staffs s ON s.staff_id = u.staff_id SET u.staff_id = NULL WHERE s.loaded_by = :run

-- Nobody of the demo's staff has a manager, so that they can go in any order. :run. Reads staffs whole: they are few.
UPDATE staffs SET manager_id = NULL WHERE loaded_by = :run

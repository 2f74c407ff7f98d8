-- Links a user to a member of staff, or to none. :user_id, :staff_id or NULL. By primary key.
UPDATE users SET staff_id = :staff_id, version = version + 1 WHERE user_id = :user_id

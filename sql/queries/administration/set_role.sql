-- Gives a user another role. :user_id, :role. By primary key.
UPDATE users SET role = :role, version = version + 1 WHERE user_id = :user_id

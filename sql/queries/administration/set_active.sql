-- Makes a user active, or not. :user_id, :active. By primary key.
UPDATE users SET active = :active, version = version + 1 WHERE user_id = :user_id

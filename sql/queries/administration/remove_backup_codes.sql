-- Takes a user's backup codes away. :user_id. By primary key.
DELETE FROM backup_codes WHERE user_id = :user_id

-- Forgets the passwords of a user who is removed. :user_id. By password_history_by_user.
DELETE FROM password_history WHERE user_id = :user_id

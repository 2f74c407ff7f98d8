-- The hash of a user's password and of those before it, newest first.
-- :user_id, :before (how many of those before). Reads password_history by password_history_by_user.
(SELECT password_hash FROM users WHERE user_id = :user_id)
UNION ALL
(SELECT password_hash FROM password_history WHERE user_id = :user_id ORDER BY history_id DESC LIMIT :before)

-- Keeps the hash of the password that is about to be replaced. ?: user_id. Reads users by primary key.
INSERT INTO password_history (user_id, password_hash) SELECT user_id, password_hash FROM users WHERE user_id = ?

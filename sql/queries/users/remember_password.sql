-- Keeps the hash of the password that is about to be replaced, but not of a temporary one: those would push out the ones
-- that the person chose. ?: user_id. Reads users by primary key.
INSERT INTO password_history (user_id, password_hash)
SELECT user_id, password_hash FROM users WHERE user_id = ? AND NOT must_change_password

-- Keeps the password that is about to be replaced, so that it is not taken again. :user_id. Reads users by primary key.
INSERT INTO password_history (user_id, password_hash) SELECT user_id, password_hash FROM users WHERE user_id = :user_id

-- What is needed to check a sign-in.
-- ?: username. Reads users by users_by_name.
SELECT user_id, password_hash, role, active FROM users WHERE username = ?

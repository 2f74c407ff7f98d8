-- What a user is now, held still until the transaction that asks is over.
-- ?: user_id. Reads users by primary key.
SELECT role, active FROM users WHERE user_id = ? FOR UPDATE

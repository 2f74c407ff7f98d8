-- How many administrators can sign in.
SELECT COUNT(*) FROM users WHERE role = 'administrator' AND active

-- Whether anybody can sign in at all.
SELECT COUNT(*) FROM users WHERE active

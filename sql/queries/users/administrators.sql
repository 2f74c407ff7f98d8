-- How many administrators can sign in, held still: two first administrators made at once must not both be the first.
SELECT COUNT(*) FROM users WHERE role = 'administrator' AND active FOR UPDATE

-- The encrypted secrets, a page at a time by primary key. ?: the last user_id of the page before, rows of a page.
SELECT user_id, totp_secret FROM users WHERE user_id > ? AND totp_secret IS NOT NULL ORDER BY user_id LIMIT ?

-- Counts a try that was counted for no user. By primary key.
UPDATE tries_at_nobody SET tries = tries + 1 WHERE tries_id = 1

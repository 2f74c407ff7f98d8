-- A session begins; its number is the last insert id. Parameters: user, SHA-256 of the token, hours it may last, origin.
INSERT INTO sessions (user_id, token_hash, opened_at, last_seen_at, ends_at, origin)
VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL ? HOUR, ?)

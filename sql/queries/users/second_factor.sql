-- The second factor of a user, and the database's clock, which codes are held against.
-- ?: user_id. Reads users by primary key.
SELECT totp_enabled, totp_secret, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now_micros,
       failed_codes, GREATEST(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), codes_locked_until), 0) AS codes_locked_seconds
  FROM users
 WHERE user_id = ?

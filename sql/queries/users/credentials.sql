-- What is needed to check a sign-in, at the database's clock.
-- ?: username. Reads users by users_by_name.
SELECT user_id, password_hash, role, active, must_change_password, totp_enabled, failed_attempts,
       COALESCE(password_expires_at <= UTC_TIMESTAMP(6), FALSE) AS password_expired,
       GREATEST(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), codes_locked_until), 0) AS codes_locked_seconds,
       CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) AS now_micros
  FROM users
 WHERE username = ?

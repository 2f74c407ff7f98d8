-- What a user is who has not signed in wholly yet, held still until the transaction that asks is over.
-- :user_id, :since (when the sign-in began), :within (microseconds it may take). Reads users by primary key.
SELECT password_hash, role, active, must_change_password, totp_enabled, failures_to_tell,
       CAST(UNIX_TIMESTAMP(last_sign_in_at) AS SIGNED) AS last_sign_in,
       UNIX_TIMESTAMP(NOW(6)) * 1000000 - :since BETWEEN 0 AND :within AS in_time,
       (SELECT COUNT(*) FROM backup_codes b WHERE b.user_id = users.user_id AND b.used_at IS NULL) AS codes_left
  FROM users
 WHERE user_id = :user_id
   FOR UPDATE

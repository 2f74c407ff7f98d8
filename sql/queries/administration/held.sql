-- What a change of a user depends on, held still until the transaction is over. ?: username. By users_by_name.
SELECT user_id, role, active, staff_id, totp_enabled, failed_attempts > 0 OR failed_codes > 0
       OR locked_until IS NOT NULL OR codes_locked_until IS NOT NULL
  FROM users WHERE username = ? FOR UPDATE

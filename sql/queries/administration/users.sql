-- Every user as administrators see them, by name. users_by_name, staffs and stores by primary key.
-- A user is locked as long as the later of the two locks lasts: the password's, the second factor's.
SELECT u.user_id, u.username, u.role, u.active, u.totp_enabled, u.must_change_password, u.last_sign_in_at, u.created_at,
       CASE WHEN u.locked_until > UTC_TIMESTAMP(6)
                 AND (u.codes_locked_until IS NULL OR u.codes_locked_until <= u.locked_until) THEN u.locked_until
            WHEN u.codes_locked_until > UTC_TIMESTAMP(6) THEN u.codes_locked_until END,
       u.staff_id, CONCAT(p.first_name, ' ', p.last_name), s.store_name
  FROM users u
  LEFT JOIN staffs p ON p.staff_id = u.staff_id
  LEFT JOIN stores s ON s.store_id = p.store_id
 ORDER BY u.username

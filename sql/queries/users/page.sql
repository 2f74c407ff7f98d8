-- Users for a table, in the order of one column and then of their names, from behind a row on.
-- :sort (role, staff, active, locked, factor, seen; by name alone for anything else); :after and :after_name (what orders
-- that row, and its name; NULL begins at the start); :find (a LIKE pattern for name, role, staff and
-- store); :limit.
-- The first twelve columns are those of administration/users.sql.
-- No index: the users of a chain are a few hundred, and are sorted in memory.
SELECT user_id, username, role, active, totp_enabled, must_change_password, last_sign_in_at, created_at, locked, staff_id,
       staff_name, store_name, sort_key
  FROM (SELECT listed.*,
               CAST(CASE :sort
                 WHEN 'role'   THEN role
                 WHEN 'staff'  THEN COALESCE(staff_name, '')
                 WHEN 'active' THEN IF(active, '0', '1')
                 WHEN 'locked' THEN COALESCE(locked, '')
                 WHEN 'factor' THEN IF(totp_enabled, '0', '1')
                 WHEN 'seen'   THEN COALESCE(last_sign_in_at, '')
                 ELSE '' END AS CHAR(250)) COLLATE utf8mb4_unicode_ci AS sort_key
          FROM (SELECT u.user_id, u.username, u.role, u.active, u.totp_enabled, u.must_change_password, u.last_sign_in_at,
                       u.created_at,
                       CASE WHEN u.locked_until > UTC_TIMESTAMP(6)
                                 AND (u.codes_locked_until IS NULL OR u.codes_locked_until <= u.locked_until)
                            THEN u.locked_until
                            WHEN u.codes_locked_until > UTC_TIMESTAMP(6) THEN u.codes_locked_until END AS locked,
                       u.staff_id, CONCAT(p.first_name, ' ', p.last_name) AS staff_name, s.store_name
                  FROM users u
                  LEFT JOIN staffs p ON p.staff_id = u.staff_id
                  LEFT JOIN stores s ON s.store_id = p.store_id) listed
         WHERE CONCAT_WS(' ', CONVERT(username USING utf8mb4), CONVERT(role USING utf8mb4), staff_name, store_name)
               COLLATE utf8mb4_unicode_ci LIKE :find ESCAPE '!') sorted
 WHERE :after IS NULL
    OR sort_key > :after
    OR (sort_key = :after AND username > :after_name)
 ORDER BY sort_key, username
 LIMIT :limit

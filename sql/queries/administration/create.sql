-- A new user whose password is a temporary one. :username, :password_hash, :role, :staff_id or NULL, :hours it is good for.
INSERT INTO users (username, password_hash, role, staff_id, must_change_password, password_set_at, password_expires_at)
VALUES (:username, :password_hash, :role, :staff_id, TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL :hours HOUR)

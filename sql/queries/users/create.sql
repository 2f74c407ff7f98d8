-- A new user.
INSERT INTO users (username, password_hash, role) VALUES (:username, :password_hash, :role)

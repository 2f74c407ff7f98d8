-- Who may sign in. Usernames are ASCII and compare byte by byte.
CREATE TABLE IF NOT EXISTS users (
  user_id              INT UNSIGNED NOT NULL AUTO_INCREMENT,
  username             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash        VARCHAR(72) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role                 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  active               BOOLEAN NOT NULL DEFAULT TRUE,
  staff_id             INT UNSIGNED NULL,
  must_change_password BOOLEAN NOT NULL DEFAULT FALSE,
  failed_attempts      INT UNSIGNED NOT NULL DEFAULT 0,
  locked_until         DATETIME(6) NULL,
  totp_secret          VARBINARY(255) NULL,
  totp_enabled         BOOLEAN NOT NULL DEFAULT FALSE,
  totp_last_step       BIGINT UNSIGNED NULL,
  last_sign_in_at      DATETIME(6) NULL,
  created_at           DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  version              INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at           DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (user_id),
  UNIQUE KEY users_by_name (username),
  UNIQUE KEY users_by_staff (staff_id),
  CONSTRAINT users_may_be_staff FOREIGN KEY (staff_id) REFERENCES staffs (staff_id),
  CONSTRAINT users_have_a_known_role CHECK (role IN ('employee', 'manager', 'administrator'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS backup_codes (
  user_id   INT UNSIGNED NOT NULL,
  slot      TINYINT UNSIGNED NOT NULL,
  code_hash VARCHAR(72) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  used_at   DATETIME(6) NULL,
  used_from VARCHAR(128) NULL,
  PRIMARY KEY (user_id, slot),
  CONSTRAINT backup_codes_are_of_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sessions (
  session_id   BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id      INT UNSIGNED NOT NULL,
  token_hash   BINARY(32) NOT NULL,
  opened_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  last_seen_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  ended_at     DATETIME(6) NULL,
  origin       VARCHAR(128) NULL,
  PRIMARY KEY (session_id),
  UNIQUE KEY sessions_by_token (token_hash),
  KEY sessions_by_user (user_id),
  CONSTRAINT sessions_are_of_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

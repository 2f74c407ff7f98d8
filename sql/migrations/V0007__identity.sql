-- What signing in, sessions and the audit log need beyond the first tables of users.
--
-- Nothing had written sessions or audit_log before this version, so both are made anew.
-- MySQL has no ADD COLUMN IF NOT EXISTS: the catalogue is asked, so that a migration cut short can be run again.
SET @change = IF(
  (SELECT COUNT(*) FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'users' AND column_name = 'failed_codes') = 0,
  'ALTER TABLE users
     ADD COLUMN failures_to_tell    INT UNSIGNED NOT NULL DEFAULT 0,
     ADD COLUMN failed_codes        INT UNSIGNED NOT NULL DEFAULT 0,
     ADD COLUMN codes_locked_until  DATETIME(6) NULL,
     ADD COLUMN password_set_at     DATETIME(6) NULL,
     ADD COLUMN password_expires_at DATETIME(6) NULL',
  'DO 0');
PREPARE change_users FROM @change;
EXECUTE change_users;
DEALLOCATE PREPARE change_users;

-- The passwords a user had, so that none of the last five is taken again.
CREATE TABLE IF NOT EXISTS password_history (
  history_id    BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id       INT UNSIGNED NOT NULL,
  password_hash VARCHAR(72) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at        DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (history_id),
  KEY password_history_by_user (user_id, history_id),
  CONSTRAINT password_history_is_of_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

DROP TABLE IF EXISTS sessions;

-- Who is at work. The token itself is known to the person's program alone.
CREATE TABLE sessions (
  session_id   BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id      INT UNSIGNED NOT NULL,
  token_hash   BINARY(32) NOT NULL,
  opened_at    DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  ends_at      DATETIME(6) NOT NULL,
  ended_at     DATETIME(6) NULL,
  ended_why    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  origin       VARCHAR(128) NOT NULL,
  PRIMARY KEY (session_id),
  UNIQUE KEY sessions_by_token (token_hash),
  KEY sessions_by_user (user_id, ended_at),
  CONSTRAINT sessions_are_of_a_user FOREIGN KEY (user_id) REFERENCES users (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

DROP TABLE IF EXISTS audit_log;

-- What was done, by whom, as what, from where. The log only grows: the program's account may insert and select here,
-- nothing else. A user who is removed stays named here, so no foreign key leads to users.
CREATE TABLE audit_log (
  audit_id       BIGINT UNSIGNED NOT NULL,
  recorded_at    DATETIME(6) NOT NULL,
  actor          VARCHAR(64) NOT NULL,
  user_id        INT UNSIGNED NULL,
  role           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  origin         VARCHAR(128) NOT NULL,
  action         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject        VARCHAR(255) NOT NULL,
  outcome        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  values_before  MEDIUMTEXT NULL,
  values_after   MEDIUMTEXT NULL,
  detail         TEXT NOT NULL,
  correlation_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  previous_hash  BINARY(32) NOT NULL,
  hash           BINARY(32) NOT NULL,
  PRIMARY KEY (audit_id),
  KEY audit_log_by_time (recorded_at),
  KEY audit_log_by_actor (actor, audit_id),
  KEY audit_log_by_action (action, audit_id),
  KEY audit_log_by_subject (subject, audit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

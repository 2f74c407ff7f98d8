-- Tries at a password that were not counted for a user, because there is none of that name or they are locked. The number
-- is of no interest, but the write is: a try at somebody waits for the disk, and so must a try at nobody.
CREATE TABLE IF NOT EXISTS tries_at_nobody (
  tries_id TINYINT UNSIGNED NOT NULL DEFAULT 1,
  tries    BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tries_id),
  CONSTRAINT tries_at_nobody_are_one CHECK (tries_id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT IGNORE INTO tries_at_nobody (tries_id, tries) VALUES (1, 0);

-- Takes a named lock: 1 when it is held, 0 when others held it for too long.
-- ?: the name; ?: seconds to wait.
SELECT GET_LOCK(?, ?)

-- One entry more, behind @audit_id and @audit_hash, at @audit_time. Parameters: actor, user or NULL, role or NULL, origin,
-- action, subject, outcome, record before or NULL, record after or NULL, detail, correlation id, and these eleven as they are
-- hashed. What is hashed, and how, is told in src/db/audit/link.rs: here number and time are put before it, each with its
-- length (a number has up to 20 digits, a time 26 characters), and the hash before behind it.
INSERT INTO audit_log
       (audit_id, recorded_at, actor, user_id, role, origin, action, subject, outcome, values_before, values_after,
        detail, correlation_id, previous_hash, hash)
VALUES (@audit_id + 1, @audit_time, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, @audit_hash,
        UNHEX(SHA2(CONCAT(
          X'01',
          X'01', UNHEX(LPAD(HEX(LENGTH(@audit_id + 1)), 16, '0')), @audit_id + 1,
          X'01', X'000000000000001A', @audit_time,
          ?,
          X'01', X'0000000000000020', @audit_hash), 256)))

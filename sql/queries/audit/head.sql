-- The end of the chain of entries, and the time, held still until the transaction that asks is over. SYSDATE is read after
-- the lock was had, unlike UTC_TIMESTAMP, so that times rise with the numbers; each connection's time zone is UTC.
-- Reads audit_head by primary key.
SELECT audit_id, hash, DATE_FORMAT(SYSDATE(6), '%Y-%m-%d %H:%i:%s.%f') FROM audit_head WHERE head_id = 1 FOR UPDATE

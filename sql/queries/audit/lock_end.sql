-- The end of the chain of entries, and the time, into @audit_id, @audit_hash and @audit_time, held still until the
-- transaction that asks is over. MAX makes all three NULL where the row is gone, instead of leaving what they were. SYSDATE is
-- read after the lock was had, unlike UTC_TIMESTAMP, so that times rise with the numbers; each connection's time zone is UTC.
-- Reads audit_head by primary key.
SELECT MAX(audit_id), MAX(hash), DATE_FORMAT(SYSDATE(6), '%Y-%m-%d %H:%i:%s.%f')
  INTO @audit_id, @audit_hash, @audit_time
  FROM audit_head
 WHERE head_id = 1
   FOR UPDATE

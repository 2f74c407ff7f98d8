-- Moves the end of the chain on by one entry, and holds it still until the transaction is over. Parameter: the eleven columns
-- from the actor on, as they are hashed. What is hashed, and how, is told in src/db/audit/link.rs: here number and time are
-- put before it, each with its length (a number has up to 20 digits, a time 26 characters), and the hash before behind it.
-- Both engines assign from left to right, so that each column is made of what stands before it. SYSDATE is read after the lock
-- was had, unlike UTC_TIMESTAMP, so that times rise with the numbers; each connection's time zone is UTC. By primary key.
UPDATE audit_head
   SET previous_hash = hash,
       audit_id = audit_id + 1,
       recorded_at = SYSDATE(6),
       hash = UNHEX(SHA2(CONCAT(
         X'01',
         X'01', UNHEX(LPAD(HEX(LENGTH(audit_id)), 16, '0')), audit_id,
         X'01', X'000000000000001A', DATE_FORMAT(recorded_at, '%Y-%m-%d %H:%i:%s.%f'),
         ?,
         X'01', X'0000000000000020', previous_hash), 256))
 WHERE head_id = 1

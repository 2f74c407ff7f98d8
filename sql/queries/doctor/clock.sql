-- The server's clock, in milliseconds since 1970 (UTC; the session's time zone is). No table is read.
SELECT CAST(UNIX_TIMESTAMP(SYSDATE(3)) * 1000 AS SIGNED)

-- What accounts may do with the audit log, by a right on the table, on its database, or on everything; as far as this
-- account may see. One row a grantee and right. A database in a GRANT is a pattern, and stands here as one.
-- ?: the chain's database, twice. The information schema has no indexes.
SELECT grantee, privilege_type FROM information_schema.table_privileges
 WHERE table_schema = ? AND table_name = 'audit_log'
UNION
SELECT grantee, privilege_type FROM information_schema.schema_privileges WHERE ? LIKE table_schema
UNION
SELECT grantee, privilege_type FROM information_schema.user_privileges

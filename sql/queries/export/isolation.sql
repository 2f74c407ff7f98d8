-- One moment for all tables of an export. No parameters; of this session only.
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ

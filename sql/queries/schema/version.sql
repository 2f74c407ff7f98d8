-- The newest migration that was applied.
SELECT MAX(version) FROM refinery_schema_history

-- Takes the rows of a table away that the demo's run brought, and no others; its name is put in for :table. :run.
-- Reads the table whole.
DELETE FROM :table WHERE loaded_by = :run

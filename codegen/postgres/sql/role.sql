-- All that a program needs that uses the journal, the inbox and the outbox. Run it as the owner of the schema, with the program's role in
-- place of :role (psql: -v role=payments). A program that uses one table alone needs no more than the first two lines and those of that table;
-- the figures of all replicas are read from the journal and the outbox, so whoever asks for all of them needs SELECT on both.
GRANT USAGE ON SCHEMA specie TO :role;
GRANT SELECT ON specie.schema_version TO :role;
GRANT SELECT, INSERT, UPDATE ON specie.journal TO :role;
GRANT SELECT, INSERT, UPDATE ON specie.inbox TO :role;
GRANT SELECT, INSERT, UPDATE ON specie.outbox TO :role;
-- Pruning alone deletes; give it to another role where you like.
GRANT DELETE ON specie.journal, specie.inbox, specie.outbox TO :role;

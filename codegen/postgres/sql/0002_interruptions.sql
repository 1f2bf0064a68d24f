-- specie-postgres, schema version 2: the outbox counts the tries whose worker ended before they did.
-- Run it in one transaction, as the owner of the schema. Programs of version 1 go on beside it.

ALTER TABLE specie.outbox ADD COLUMN interruptions integer NOT NULL DEFAULT 0;

INSERT INTO specie.schema_version (version, supports) VALUES (2, 1);

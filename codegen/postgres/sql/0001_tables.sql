-- specie-postgres, schema version 1: journal, inbox and outbox.
-- Run it in one transaction, as the owner of the schema. It is never changed; what comes later is a file of its own.

CREATE SCHEMA IF NOT EXISTS specie;

CREATE TABLE specie.schema_version (
    version integer PRIMARY KEY,
    supports integer NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE specie.journal (
    ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    group_key text NOT NULL,
    api text NOT NULL,
    operation text NOT NULL,
    reference text,
    entry text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    holder text,
    held_until timestamptz,
    resumptions integer NOT NULL DEFAULT 0,
    resume_after timestamptz,
    settled_at timestamptz,
    settled_by text,
    outcome text CHECK (outcome IN ('not_sent', 'refused', 'duplicate', 'done')),
    reason text,
    CHECK ((holder IS NULL) = (held_until IS NULL)),
    CHECK ((settled_at IS NULL) = (outcome IS NULL)),
    CHECK (settled_at IS NOT NULL OR reason IS NULL)
);

-- The open entries of a group, and all of them, oldest first.
CREATE INDEX journal_open_group ON specie.journal (group_key, ordinal) WHERE settled_at IS NULL;
CREATE INDEX journal_open ON specie.journal (ordinal) WHERE settled_at IS NULL;
-- What is old enough to be pruned.
CREATE INDEX journal_settled ON specie.journal (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE specie.inbox (
    source text NOT NULL,
    resource text NOT NULL,
    version bigint,
    states text[] NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, resource)
);

CREATE INDEX inbox_changed ON specie.inbox (changed_at);

CREATE TABLE specie.outbox (
    ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    endpoint text NOT NULL,
    url text NOT NULL,
    webhook text NOT NULL,
    payload text NOT NULL,
    enqueued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    worker text,
    held_until timestamptz,
    last_error text,
    delivered_at timestamptz,
    dead_at timestamptz,
    CHECK ((worker IS NULL) = (held_until IS NULL)),
    CHECK (delivered_at IS NULL OR dead_at IS NULL)
);

-- What is owed, by endpoint and in order.
CREATE INDEX outbox_owed ON specie.outbox (endpoint, ordinal) WHERE delivered_at IS NULL AND dead_at IS NULL;
-- What a worker holds.
CREATE INDEX outbox_held ON specie.outbox (endpoint) WHERE worker IS NOT NULL;
CREATE INDEX outbox_dead ON specie.outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_delivered ON specie.outbox (delivered_at) WHERE delivered_at IS NOT NULL;

INSERT INTO specie.schema_version (version, supports) VALUES (1, 1);

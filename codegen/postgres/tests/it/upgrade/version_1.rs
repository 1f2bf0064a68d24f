//! What programs that were built for version 1 of the schema send to the outbox, word for word. It stays as it is.

pub const CLAIM: &str = "WITH RECURSIVE heads AS ( \
        (SELECT endpoint, ordinal FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL \
            ORDER BY endpoint, ordinal LIMIT 1) \
        UNION ALL \
        SELECT next.endpoint, next.ordinal FROM heads CROSS JOIN LATERAL ( \
            SELECT endpoint, ordinal FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL \
                AND endpoint > heads.endpoint ORDER BY endpoint, ordinal LIMIT 1) AS next \
    ), due AS ( \
        SELECT owed.ordinal FROM specie.outbox AS owed JOIN heads ON heads.ordinal = owed.ordinal \
        WHERE owed.delivered_at IS NULL AND owed.dead_at IS NULL AND owed.next_attempt_at <= clock_timestamp() \
            AND (owed.worker IS NULL OR owed.held_until <= clock_timestamp()) \
            AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = owed.endpoint \
                AND other.ordinal <> owed.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
        ORDER BY owed.next_attempt_at LIMIT $2 FOR UPDATE OF owed SKIP LOCKED) \
    UPDATE specie.outbox SET worker = $1, held_until = clock_timestamp() + make_interval(secs => $3), attempts = attempts + 1 \
    WHERE ordinal IN (SELECT ordinal FROM due) \
    RETURNING id, endpoint, url, webhook, payload, attempts";

pub const CLAIM_NEXT: &str = "UPDATE specie.outbox AS head \
    SET worker = $1, held_until = clock_timestamp() + make_interval(secs => $3), attempts = attempts + 1 \
    WHERE ordinal = (SELECT ordinal FROM specie.outbox WHERE endpoint = $2 AND delivered_at IS NULL AND dead_at IS NULL \
            ORDER BY ordinal LIMIT 1 FOR UPDATE) \
        AND next_attempt_at <= clock_timestamp() \
        AND (worker IS NULL OR worker = $1 OR held_until <= clock_timestamp()) \
        AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = head.endpoint \
            AND other.ordinal <> head.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
    RETURNING id, endpoint, url, webhook, payload, attempts";

pub const DELIVERED: &str = "UPDATE specie.outbox \
    SET delivered_at = clock_timestamp(), dead_at = NULL, worker = NULL, held_until = NULL, last_error = NULL \
    WHERE id = $1 AND delivered_at IS NULL";

pub const FAILED: &str = "UPDATE specie.outbox \
    SET worker = NULL, held_until = NULL, last_error = $3, \
        next_attempt_at = clock_timestamp() + make_interval(secs => coalesce($4::float8, 0)), \
        dead_at = CASE WHEN $4::float8 IS NULL THEN clock_timestamp() END \
    WHERE id = $1 AND worker = $2 AND delivered_at IS NULL AND dead_at IS NULL";

pub const RESEND: &str = "UPDATE specie.outbox \
    SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp() WHERE id = $1 AND dead_at IS NOT NULL";

//! The statements of the outbox.
//!
//! A message is owed while it is neither delivered nor dead. The first owed message of an endpoint is its head; no other one is sent.
//! A head is not given out while another message of its endpoint is held: one that became the head later, because its transaction was
//! committed late or because it was sent again, waits for that.

/// Enqueues a message: `$1` its id, `$2` endpoint, `$3` url, `$4` webhook, `$5` payload as JSON text. One whose id is there stays as it is.
///
/// For those who have a connection of another library: run it in the transaction of what the message tells of.
pub const ENQUEUE: &str = "INSERT INTO specie.outbox (id, endpoint, url, webhook, payload) \
    VALUES ($1::text, $2::text, $3::text, $4::text, $5::text) ON CONFLICT (id) DO NOTHING";

/// Gives the worker `$1` up to `$2` heads that are due and that no other worker holds, for `$3` seconds. The heads are found endpoint by
/// endpoint, so that the length of a queue does not matter.
pub(super) const CLAIM: &str = "WITH RECURSIVE heads AS ( \
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

/// Gives the worker `$1` the head of the endpoint `$2`, if it is due and no other worker holds it, for `$3` seconds.
pub(super) const CLAIM_NEXT: &str = "UPDATE specie.outbox AS head \
    SET worker = $1, held_until = clock_timestamp() + make_interval(secs => $3), attempts = attempts + 1 \
    WHERE ordinal = (SELECT ordinal FROM specie.outbox WHERE endpoint = $2 AND delivered_at IS NULL AND dead_at IS NULL \
            ORDER BY ordinal LIMIT 1 FOR UPDATE) \
        AND next_attempt_at <= clock_timestamp() \
        AND (worker IS NULL OR worker = $1 OR held_until <= clock_timestamp()) \
        AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = head.endpoint \
            AND other.ordinal <> head.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
    RETURNING id, endpoint, url, webhook, payload, attempts";

/// The message `$1` was acknowledged; true whoever holds it by now.
pub(super) const DELIVERED: &str = "UPDATE specie.outbox \
    SET delivered_at = clock_timestamp(), dead_at = NULL, worker = NULL, held_until = NULL, last_error = NULL \
    WHERE id = $1 AND delivered_at IS NULL";

/// The try of the worker `$2` at the message `$1` failed, for the reason `$3`; it is due again in `$4` seconds, or never (null).
pub(super) const FAILED: &str = "UPDATE specie.outbox \
    SET worker = NULL, held_until = NULL, last_error = $3, \
        next_attempt_at = clock_timestamp() + make_interval(secs => coalesce($4::float8, 0)), \
        dead_at = CASE WHEN $4::float8 IS NULL THEN clock_timestamp() END \
    WHERE id = $1 AND worker = $2 AND delivered_at IS NULL AND dead_at IS NULL";

/// Messages that are sent no more, the latest first; `$1` of them at most.
pub(super) const DEAD: &str = "SELECT id, endpoint, webhook, attempts, last_error, dead_at FROM specie.outbox \
    WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1";

/// The message `$1` is owed again, if it was dead, and its schedule begins anew.
pub(super) const RESEND: &str = "UPDATE specie.outbox \
    SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp() WHERE id = $1 AND dead_at IS NOT NULL";

/// Removes messages that were delivered more than `$1` seconds ago, up to `$2` of them.
pub(super) const PRUNE: &str = "DELETE FROM specie.outbox WHERE ordinal IN (SELECT ordinal FROM specie.outbox \
    WHERE delivered_at < clock_timestamp() - make_interval(secs => $1) ORDER BY delivered_at LIMIT $2)";

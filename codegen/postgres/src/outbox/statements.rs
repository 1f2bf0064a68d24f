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

/// Locks the endpoint `$1` until the end of the transaction. Whoever gives out a message of an endpoint has its lock, and looks at the
/// endpoint in a statement after that, which sees what the last owner of the lock committed.
pub(super) const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('specie.outbox ' || $1::text, 0))";

/// Gives up the messages whose workers ended at the last `$1` tries, one after the other, before these did.
pub(super) const GIVE_UP: &str = "UPDATE specie.outbox \
    SET dead_at = clock_timestamp(), worker = NULL, held_until = NULL, interruptions = interruptions + 1, \
        last_error = 'the program that sent it ended, or lost the database, at each of the last ' || (interruptions + 1)::text || ' tries' \
    WHERE ordinal IN (SELECT ordinal FROM specie.outbox WHERE worker IS NOT NULL AND held_until <= clock_timestamp() \
        AND interruptions >= $1::integer - 1 AND delivered_at IS NULL AND dead_at IS NULL FOR UPDATE SKIP LOCKED) \
    RETURNING id, interruptions";

/// Locks up to `$1` endpoints whose heads are due and not held, and gives them. An endpoint that is locked is passed over. The heads are
/// found endpoint by endpoint, so that the length of a queue does not matter. Suspects are not among them: the last `$2` tries at these were
/// interrupted.
pub(super) const LOCK_DUE: &str = "WITH RECURSIVE heads AS ( \
        (SELECT endpoint, ordinal FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL \
            ORDER BY endpoint, ordinal LIMIT 1) \
        UNION ALL \
        SELECT next.endpoint, next.ordinal FROM heads CROSS JOIN LATERAL ( \
            SELECT endpoint, ordinal FROM specie.outbox WHERE delivered_at IS NULL AND dead_at IS NULL \
                AND endpoint > heads.endpoint ORDER BY endpoint, ordinal LIMIT 1) AS next \
    ) \
    SELECT due.endpoint FROM ( \
        SELECT owed.endpoint FROM specie.outbox AS owed JOIN heads ON heads.ordinal = owed.ordinal \
        WHERE owed.delivered_at IS NULL AND owed.dead_at IS NULL AND owed.next_attempt_at <= clock_timestamp() \
            AND (owed.worker IS NULL OR owed.held_until <= clock_timestamp() AND owed.interruptions < $2::integer - 1) \
            AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = owed.endpoint \
                AND other.ordinal <> owed.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
        ORDER BY owed.next_attempt_at OFFSET 0) AS due \
    WHERE pg_try_advisory_xact_lock(hashtextextended('specie.outbox ' || due.endpoint, 0)) LIMIT $1";

/// The same for up to `$1` endpoints whose heads are suspects: their last `$2` tries were interrupted, and whoever sends them may end.
pub(super) const LOCK_SUSPECTS: &str = "SELECT suspect.endpoint FROM ( \
        SELECT owed.endpoint FROM specie.outbox AS owed \
        WHERE owed.worker IS NOT NULL AND owed.held_until <= clock_timestamp() AND owed.interruptions >= $2::integer - 1 \
            AND owed.delivered_at IS NULL AND owed.dead_at IS NULL \
            AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = owed.endpoint \
                AND other.ordinal < owed.ordinal AND other.delivered_at IS NULL AND other.dead_at IS NULL) \
            AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = owed.endpoint \
                AND other.ordinal <> owed.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
        ORDER BY owed.held_until OFFSET 0) AS suspect \
    WHERE pg_try_advisory_xact_lock(hashtextextended('specie.outbox ' || suspect.endpoint, 0)) LIMIT $1";

/// Gives the worker `$1` the heads of the endpoints `$2`, which it has locked, as far as they are due and not held, for `$3` seconds. A try
/// is counted when it begins; one that was held until now was interrupted.
pub(super) const CLAIM: &str = "WITH due AS ( \
        SELECT head.ordinal FROM unnest($2::text[]) AS locked (endpoint) CROSS JOIN LATERAL ( \
            SELECT ordinal FROM specie.outbox AS owed WHERE owed.endpoint = locked.endpoint \
                AND owed.delivered_at IS NULL AND owed.dead_at IS NULL ORDER BY owed.ordinal LIMIT 1) AS head \
        WHERE NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = locked.endpoint \
            AND other.ordinal <> head.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp())) \
    UPDATE specie.outbox SET worker = $1, held_until = clock_timestamp() + make_interval(secs => $3), attempts = attempts + 1, \
        interruptions = interruptions + (worker IS NOT NULL)::integer \
    WHERE ordinal IN (SELECT ordinal FROM due) AND delivered_at IS NULL AND dead_at IS NULL \
        AND next_attempt_at <= clock_timestamp() AND (worker IS NULL OR held_until <= clock_timestamp()) \
    RETURNING id, endpoint, url, webhook, payload, attempts, interruptions";

/// Gives the worker `$1` the head of the endpoint `$2`, which it has locked, if it is due and nobody else had it, for `$3` seconds. A worker
/// that asks once more gets the same one, and the try is counted once.
pub(super) const CLAIM_NEXT: &str = "UPDATE specie.outbox AS head \
    SET worker = $1, held_until = clock_timestamp() + make_interval(secs => $3), \
        attempts = attempts + (worker IS NULL)::integer \
    WHERE ordinal = (SELECT ordinal FROM specie.outbox WHERE endpoint = $2 AND delivered_at IS NULL AND dead_at IS NULL \
            ORDER BY ordinal LIMIT 1 FOR UPDATE) \
        AND next_attempt_at <= clock_timestamp() AND (worker IS NULL OR worker = $1) \
        AND NOT EXISTS (SELECT 1 FROM specie.outbox AS other WHERE other.endpoint = head.endpoint \
            AND other.ordinal <> head.ordinal AND other.worker IS NOT NULL AND other.held_until > clock_timestamp()) \
    RETURNING id, endpoint, url, webhook, payload, attempts, interruptions";

/// The message `$1` was acknowledged, as the worker `$2` says; true whoever holds it by now. Another worker that is sending it meanwhile goes on
/// holding it, so that nobody sends the next one of its endpoint before that ends.
pub(super) const DELIVERED: &str = "UPDATE specie.outbox \
    SET delivered_at = coalesce(delivered_at, clock_timestamp()), dead_at = NULL, last_error = NULL, \
        worker = CASE WHEN worker <> $2 THEN worker END, held_until = CASE WHEN worker <> $2 THEN held_until END \
    WHERE id = $1 AND (delivered_at IS NULL OR worker = $2)";

/// The try of the worker `$2` at the message `$1` failed, for the reason `$3`; it is due again in `$4` seconds, or never (null). Where the
/// message was acknowledged to another worker meanwhile, it is let go alone.
pub(super) const FAILED: &str = "UPDATE specie.outbox \
    SET worker = NULL, held_until = NULL, interruptions = 0, \
        last_error = CASE WHEN delivered_at IS NULL THEN $3 END, \
        next_attempt_at = clock_timestamp() + make_interval(secs => coalesce($4::float8, 0)), \
        dead_at = CASE WHEN delivered_at IS NULL AND $4::float8 IS NULL THEN clock_timestamp() END \
    WHERE id = $1 AND worker = $2 AND dead_at IS NULL";

/// Messages that are sent no more, the latest first; `$1` of them at most.
pub(super) const DEAD: &str = "SELECT id, endpoint, webhook, attempts, last_error, dead_at FROM specie.outbox \
    WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1";

/// The message `$1` is owed again, from now on, if it was dead, and its schedule begins anew.
pub(super) const RESEND: &str = "UPDATE specie.outbox \
    SET dead_at = NULL, attempts = 0, interruptions = 0, enqueued_at = clock_timestamp(), next_attempt_at = clock_timestamp() \
    WHERE id = $1 AND dead_at IS NOT NULL";

/// Removes messages that were delivered more than `$1` seconds ago, up to `$2` of them.
pub(super) const PRUNE: &str = "DELETE FROM specie.outbox WHERE ordinal IN (SELECT ordinal FROM specie.outbox \
    WHERE delivered_at < clock_timestamp() - make_interval(secs => $1) ORDER BY delivered_at LIMIT $2)";

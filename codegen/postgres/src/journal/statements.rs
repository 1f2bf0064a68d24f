//! The statements of the journal.
//!
//! Each change is one transaction, whose statements are sent together: it begins, locks the group, reads or writes, and commits. Statements
//! after the lock see what its last owner committed.

/// Locks the group `$1` until the end of the transaction, and makes its commit as durable as `$2` says: `true`, on the disk when it is
/// answered, whatever the defaults of the database are.
pub(super) const LOCK: &str = "SELECT set_config('synchronous_commit', CASE WHEN NOT $2::bool THEN 'off' \
        WHEN current_setting('synchronous_commit') = 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true), \
    pg_advisory_xact_lock(hashtextextended('specie.journal ' || $1::text, 0))";

/// The open entries of the group `$1`, oldest first.
pub(super) const FIND: &str =
    "SELECT entry, id FROM specie.journal WHERE group_key = $1 AND settled_at IS NULL ORDER BY ordinal";

/// All open entries, oldest first.
pub(super) const LIST: &str = "SELECT entry FROM specie.journal WHERE settled_at IS NULL ORDER BY ordinal";

/// Writes an entry, unless its id is taken.
pub(super) const INSERT: &str = "INSERT INTO specie.journal \
    (id, group_key, api, operation, reference, entry, holder, held_until) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + make_interval(secs => $8)) ON CONFLICT (id) DO NOTHING";

/// Gives the holder `$3` the open entries of the group `$2` that nobody else holds, if the entry `$1` is open and nobody else's.
pub(super) const TAKE: &str = "UPDATE specie.journal \
    SET holder = $3, held_until = clock_timestamp() + make_interval(secs => $4) \
    WHERE group_key = $2 AND settled_at IS NULL \
        AND (holder IS NULL OR holder = $3 OR held_until <= clock_timestamp()) \
        AND EXISTS (SELECT 1 FROM specie.journal AS asked WHERE asked.id = $1 AND asked.settled_at IS NULL \
            AND (asked.holder IS NULL OR asked.holder = $3 OR asked.held_until <= clock_timestamp())) \
    RETURNING id";

/// What is known of the entry `$1`: its holder, its outcome, and who settled it.
pub(super) const STATE: &str = "SELECT holder, outcome, settled_by FROM specie.journal WHERE id = $1";

/// Closes the entry `$1` alone: as one whose request was not sent, if it is open and the holder's; or before it was ever written.
pub(super) const WITHDRAW: &str = "INSERT INTO specie.journal AS known \
    (id, group_key, api, operation, reference, entry, settled_at, settled_by, outcome) \
    VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, 'not_sent') \
    ON CONFLICT (id) DO UPDATE SET holder = NULL, held_until = NULL, settled_at = excluded.settled_at, \
        settled_by = excluded.settled_by, outcome = excluded.outcome \
    WHERE known.settled_at IS NULL AND known.holder = excluded.settled_by";

/// Lets the claims of the holder `$1` on these entries (`$2`) go on, as far as they are open and its own.
pub(super) const RENEW: &str = "UPDATE specie.journal SET held_until = clock_timestamp() + make_interval(secs => $3) \
    WHERE id = ANY($2) AND holder = $1 AND settled_at IS NULL";

/// Lets go of these entries (`$2`), as far as they are open and the holder's (`$1`).
pub(super) const RELEASE: &str = "UPDATE specie.journal SET holder = NULL, held_until = NULL \
    WHERE id = ANY($2) AND holder = $1 AND settled_at IS NULL";

/// Settles the open entries of the group `$2`, if the entry `$1` is one of them; where `$6` says so, only if all of them are the holder's.
pub(super) const SETTLE: &str = "UPDATE specie.journal \
    SET settled_at = clock_timestamp(), settled_by = $3, outcome = $4, reason = $5, holder = NULL, held_until = NULL \
    WHERE group_key = $2 AND settled_at IS NULL \
        AND EXISTS (SELECT 1 FROM specie.journal AS asked WHERE asked.id = $1 AND asked.settled_at IS NULL) \
        AND NOT ($6::bool AND EXISTS (SELECT 1 FROM specie.journal AS other WHERE other.group_key = $2 \
            AND other.settled_at IS NULL AND other.holder IS DISTINCT FROM $3))";

/// Picks the next open entry that nobody holds and whose pause is over, the oldest of its group, and begins its next pause: `$1` seconds,
/// doubled with each time up to 64 times that. Those come first that were picked least. Not picked are the entries `$2`, by their ordinals,
/// and those that another replica is picking at this moment.
pub(super) const PICK: &str = "WITH due AS (SELECT ordinal FROM specie.journal AS open WHERE settled_at IS NULL \
        AND (holder IS NULL OR held_until <= clock_timestamp()) \
        AND (resume_after IS NULL OR resume_after <= clock_timestamp()) \
        AND ordinal <> ALL($2::bigint[]) \
        AND NOT EXISTS (SELECT 1 FROM specie.journal AS older WHERE older.group_key = open.group_key \
            AND older.settled_at IS NULL AND older.ordinal < open.ordinal) \
        ORDER BY resumptions, ordinal LIMIT 1 FOR UPDATE SKIP LOCKED) \
    UPDATE specie.journal SET resumptions = resumptions + 1, \
        resume_after = clock_timestamp() + make_interval(secs => $1 * (2 ^ least(resumptions, 6))) \
    WHERE ordinal IN (SELECT ordinal FROM due) \
    RETURNING entry, ordinal";

/// Removes entries that were settled more than `$1` seconds ago, up to `$2` of them; those that were settled by hand stay.
pub(super) const PRUNE: &str = "DELETE FROM specie.journal WHERE ordinal IN (SELECT ordinal FROM specie.journal \
    WHERE settled_at < clock_timestamp() - make_interval(secs => $1) AND reason IS NULL ORDER BY settled_at LIMIT $2)";

//! What `psql` runs before and after the statements of a backup, in one transaction with them.

/// The name by which a restoring process is known to PostgreSQL: not that of a process that serves.
pub const SAFE_NAME: &str = "kith db-restore";

/// Begins the transaction, keeps every other Kith out of it, and drops what is there: not only what the
/// backup makes anew, since a newer version may have made more, which its migrations will make again.
///
/// No process that serves or works can miss the restore. Whoever has read the epoch already is connected,
/// and seen; whoever comes later waits for the lock of the migrations, or for that of `settings`, and
/// reads the new epoch. `migration_lock` is the key of the first.
#[must_use]
pub fn before_restore(migration_lock: i64) -> String {
    format!(
        "BEGIN;
SET LOCAL lock_timeout = '10s';
-- the backup's statements empty the path
SELECT set_config('kith.search_path', current_setting('search_path'), false);
SELECT pg_advisory_xact_lock({migration_lock});
DO $kith$
DECLARE
    thing record;
BEGIN
    IF to_regclass('settings') IS NOT NULL THEN
        LOCK TABLE settings IN ACCESS EXCLUSIVE MODE;
    END IF;
    IF EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kith') THEN
        RAISE EXCEPTION 'a Kith process uses the database; stop the API and the workers first';
    END IF;
    FOR thing IN
        SELECT c.oid, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                   WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        -- those of tables go with these
        ORDER BY c.relkind = 'S'
    LOOP
        -- unless it went with one before it
        IF EXISTS (SELECT FROM pg_class WHERE oid = thing.oid) THEN
            EXECUTE format('DROP %s %s CASCADE', thing.kind, thing.oid::regclass);
        END IF;
    END LOOP;
    FOR thing IN
        SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = current_schema()::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE %s CASCADE', thing.oid::regprocedure);
    END LOOP;
END
$kith$;
"
    )
}

/// Gives the database its new epoch, commits, and lets the planner look at what is there now.
#[must_use]
pub fn after_restore(epoch: &str) -> String {
    format!(
        "
SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('kith.search_path'), false);
DO $kith$
BEGIN
    UPDATE settings SET value = '{epoch}' WHERE key = 'epoch';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the backup has no epoch';
    END IF;
    -- What was signed since the backup names sessions that are gone; no session shall have their numbers again.
    PERFORM setval(pg_get_serial_sequence('sessions', 'id'), GREATEST(
        nextval(pg_get_serial_sequence('sessions', 'id')), floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint));
END
$kith$;
COMMIT;
\\set ON_ERROR_STOP off
ANALYZE;
"
    )
}

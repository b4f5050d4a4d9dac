-- What PostgreSQL's own catalogue would tell every login: how large a table is, how many rows a transaction wrote, how many
-- transactions there were, and where the write-ahead log stands (a message put into it tells that too). Run by the
-- administrator in each database, since only a superuser may; on a server where there is none, it stays as it is.
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
          AND (p.proname LIKE 'pg\_stat\_get\_%' OR p.proname LIKE 'pg\_current\_wal%'
               OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_total_relation_size', 'pg_indexes_size',
                                'pg_database_size', 'pg_tablespace_size', 'pg_lock_status', 'pg_column_size',
                                'pg_logical_emit_message', 'pg_current_snapshot', 'pg_export_snapshot', 'pg_xact_status',
                                'txid_current', 'txid_current_if_assigned', 'txid_current_snapshot', 'txid_status',
                                'pg_last_committed_xact', 'pg_xact_commit_timestamp', 'mxid_age')
               OR p.proname LIKE 'pg\_control\_%' OR p.proname LIKE 'pg\_current\_xact\_id%'
               OR p.proname LIKE 'pg\_last\_wal%' OR p.oid = 'pg_catalog.age(xid)'::regprocedure)
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO palermo_owner', f);
    END LOOP;
    -- pg_class without its estimates of rows and pages.
    REVOKE SELECT ON pg_class FROM PUBLIC;
    GRANT SELECT ON pg_class TO palermo_owner;
    EXECUTE (
        SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC', string_agg(attname, ', ' ORDER BY attnum))
        FROM pg_attribute
        WHERE attrelid = 'pg_class'::regclass AND attnum > 0 AND NOT attisdropped
          AND attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen')
    );
END $$;

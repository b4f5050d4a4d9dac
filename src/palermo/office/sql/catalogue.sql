-- What PostgreSQL's own catalogue would tell every login: how large a table is, how many rows a transaction wrote. Run by
-- the administrator in each database, since only a superuser may; on a server where there is none, it stays as it is.
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
          AND (p.proname LIKE 'pg\_stat\_get\_%' OR p.proname LIKE 'pg\_current\_wal%'
               OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_total_relation_size', 'pg_indexes_size',
                                'pg_database_size', 'pg_tablespace_size', 'pg_lock_status', 'pg_column_size'))
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

-- The queue: whoever has a pass may put work into it, nobody but the owner (the worker) may look. Nothing comes back,
-- since a job's number would say how much happens; and nothing is announced, since every login may listen.
CREATE FUNCTION office_defer(work text, ids jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE agency uuid := public.office_my_agency();
BEGIN
    IF agency IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'work is deferred in the name of an agency';
    END IF;
    IF work !~ '^[a-z]+\.[a-z_]+$' OR jsonb_typeof(ids) <> 'object' OR EXISTS (
        SELECT FROM jsonb_each(ids) e WHERE jsonb_typeof(e.value) <> 'string'
        OR e.value #>> '{}' !~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$') THEN
        RAISE check_violation USING MESSAGE = 'deferred work takes ids and nothing else';
    END IF;
    PERFORM public.procrastinate_defer_jobs_v1(ARRAY[ROW('deferred', work, 0, NULL, NULL,
        jsonb_build_object('agency', agency, 'ids', ids), NULL)]::public.procrastinate_job_to_defer_v1[]);
END $$;

-- The access log: one chain of SHA-256 per agency. The application appends through office_append alone.

-- A line: {"agency": uuid, "verb", "purpose", "object", "person", "detail": {...}}; "member" is added here. Chains are locked in
-- the order of their ids, last in the transaction, so that two transactions never wait for each other crosswise.
CREATE FUNCTION office_write_lines(lines jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moment timestamptz := public.office_now();
    line jsonb;
    head public.office_chainhead;
    said text;
    told text := to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
BEGIN
    INSERT INTO public.office_chainhead (agency_id, seq, hash)
    SELECT DISTINCT (l ->> 'agency')::uuid, 0, '\x'::bytea FROM jsonb_array_elements(lines) l
    ORDER BY 1 ON CONFLICT DO NOTHING;
    FOR line IN SELECT l FROM jsonb_array_elements(lines) WITH ORDINALITY AS x(l, n) ORDER BY (l ->> 'agency')::uuid, n LOOP
        IF head.agency_id IS DISTINCT FROM (line ->> 'agency')::uuid THEN
            UPDATE public.office_chainhead SET seq = head.seq, hash = head.hash WHERE agency_id = head.agency_id;
            SELECT * INTO head FROM public.office_chainhead WHERE agency_id = (line ->> 'agency')::uuid FOR UPDATE;
        END IF;
        head.seq := head.seq + 1;
        said := (line || jsonb_build_object('at', told, 'seq', head.seq))::text;
        head.hash := sha256(head.hash || convert_to(said, 'UTF8'));
        INSERT INTO public.office_logline (id, agency_id, seq, at, member_id, verb, purpose, object_id, person_id, body, hash)
        VALUES (gen_random_uuid(), head.agency_id, head.seq, moment, (line ->> 'member')::uuid, line ->> 'verb',
                coalesce(line ->> 'purpose', ''), (line ->> 'object')::uuid, (line ->> 'person')::uuid, said, head.hash);
    END LOOP;
    UPDATE public.office_chainhead SET seq = head.seq, hash = head.hash WHERE agency_id = head.agency_id;
END $$;

-- Lines that SQL functions owe to the chains of other agencies: written with the caller's own (office_append), or, where
-- none follow, at the commit. So those chains too are locked last.
CREATE TABLE office_owedline (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line jsonb NOT NULL
);
CREATE FUNCTION office_owe_line(chain uuid, verb text, object uuid, person uuid, detail jsonb) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.office_owedline (line) VALUES (jsonb_build_object('agency', chain, 'verb', verb, 'purpose', '',
        'object', object, 'person', person, 'detail', detail, 'member', public.office_me()))
$$;
-- Other transactions' rows are never seen: they are gone by the commit that would show them.
CREATE FUNCTION office_take_owed() RETURNS jsonb LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    WITH taken AS (DELETE FROM public.office_owedline RETURNING n, line)
    SELECT coalesce(jsonb_agg(line ORDER BY n), '[]') FROM taken
$$;
CREATE FUNCTION office_write_owed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.office_write_lines(public.office_take_owed());
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER office_owed_at_commit AFTER INSERT ON office_owedline DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION office_write_owed();

-- The only verb of the public door. Anybody may be its sender: whoever signed in raises concerns too.
CREATE FUNCTION office_at_public_door(agency uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.office_agency a WHERE a.id = agency AND a.has_account AND a.kind <> 'migration_enforcement')
$$;

-- Append lines to the own agency's chain; a concern's, to the chain of the agency that takes it. The shape is checked so
-- that no line can make the proof stumble (domain/audit.py reads the body back).
CREATE FUNCTION office_append(lines jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := public.office_me();
    own public.office_agency;
BEGIN
    SELECT a.* INTO own FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = me AND m.is_active;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(lines) l
        WHERE NOT coalesce(
            l ?& ARRAY['agency', 'verb', 'purpose', 'object', 'person', 'detail']
            AND l - ARRAY['agency', 'verb', 'purpose', 'object', 'person', 'detail'] = '{}'
            AND l ->> 'verb' ~ '^[a-z]+\.[a-z0-9_]+$' AND l ->> 'purpose' ~ '^[a-z_]*$' AND jsonb_typeof(l -> 'detail') = 'object'
            AND length(l::text) <= 4000 AND NOT l @? '$.**{4}', false)
    ) THEN
        RAISE check_violation USING MESSAGE = 'this is no line of the log';
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(lines) l
        WHERE NOT coalesce(
            CASE WHEN l ->> 'verb' = 'protection.raise_concern'
                 THEN l ->> 'person' IS NULL AND public.office_at_public_door((l ->> 'agency')::uuid)
                 ELSE (l ->> 'agency')::uuid = own.id AND l ->> 'verb' NOT IN ('office.recall', 'office.data_recalled', 'office.emergency_opened')
                      AND (own.kind <> 'migration_enforcement' OR l ->> 'person' IS NULL) END, false)
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a member writes into the log of the own agency only';
    END IF;
    PERFORM public.office_write_lines(public.office_take_owed() || coalesce(
        (SELECT jsonb_agg(l || jsonb_build_object('member', me) ORDER BY n)
         FROM jsonb_array_elements(lines) WITH ORDINALITY AS x(l, n)), '[]'));
END $$;

-- Lock the heads of several chains in the order of their ids, those that lines are owed to among them: for a transaction
-- that appends under more than one pass. Without a pass only chains of agencies that take concerns.
CREATE FUNCTION office_lock_chains(agencies uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wanted uuid[];
BEGIN
    IF NOT EXISTS (SELECT FROM public.office_member m WHERE m.id = public.office_me() AND m.is_active)
       AND EXISTS (SELECT FROM unnest(agencies) a WHERE NOT public.office_at_public_door(a)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no pass: the log is not yours to hold';
    END IF;
    wanted := agencies || ARRAY(SELECT (o.line ->> 'agency')::uuid FROM public.office_owedline o);
    INSERT INTO public.office_chainhead (agency_id, seq, hash)
    SELECT DISTINCT a, 0, '\x'::bytea FROM unnest(wanted) a ORDER BY 1 ON CONFLICT DO NOTHING;
    PERFORM 1 FROM public.office_chainhead WHERE agency_id = ANY (wanted) ORDER BY agency_id FOR UPDATE;
END $$;

-- What a person may know of who saw their data: the kind of agency, what was done and why. No places, no names of staff.
CREATE FUNCTION office_access_report(person uuid)
RETURNS TABLE (at timestamptz, agency_kind text, verb text, purpose text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.office_reach r WHERE r.object_id = person AND r.agency_id = public.office_desk() AND r.writes
                   AND r.until > public.office_now()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this file is not yours';
    END IF;
    RETURN QUERY
    SELECT l.at, a.kind::text, l.verb::text, l.purpose::text FROM public.office_logline l JOIN public.office_agency a ON a.id = l.agency_id
    WHERE l.person_id = person
    ORDER BY l.at, l.seq;
END $$;

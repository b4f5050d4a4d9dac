-- The access log: one chain of SHA-256 per agency. The application appends through office_append alone.

-- bodies: JSON array of {"agency": uuid, "verb", "purpose", "object", "person", "detail": {...}}. Chains are locked in the order of
-- their ids, last in the transaction, so that two transactions never wait for each other crosswise.
CREATE FUNCTION office_append(lines jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := public.office_me();
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
        said := (line || jsonb_build_object('at', told, 'member', me, 'seq', head.seq))::text;
        head.hash := sha256(head.hash || convert_to(said, 'UTF8'));
        INSERT INTO public.office_logline (id, agency_id, seq, at, member_id, verb, purpose, object_id, person_id, body, hash)
        VALUES (gen_random_uuid(), head.agency_id, head.seq, moment, me, line ->> 'verb',
                coalesce(line ->> 'purpose', ''), (line ->> 'object')::uuid, (line ->> 'person')::uuid, said, head.hash);
    END LOOP;
    UPDATE public.office_chainhead SET seq = head.seq, hash = head.hash WHERE agency_id = head.agency_id;
END $$;

-- Lock the heads of several chains in the order of their ids: for a transaction that appends under more than one pass.
CREATE FUNCTION office_lock_chains(agencies uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.office_chainhead (agency_id, seq, hash)
    SELECT DISTINCT a, 0, '\x'::bytea FROM unnest(agencies) a ORDER BY 1 ON CONFLICT DO NOTHING;
    PERFORM 1 FROM public.office_chainhead WHERE agency_id = ANY (agencies) ORDER BY agency_id FOR UPDATE;
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

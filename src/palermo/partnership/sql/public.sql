-- What everybody reads of the shared calendar: entries whose clearance is public, and that are more than an idea.
-- Who asks needs no pass. Two years at once, at most 500 entries.
CREATE FUNCTION partnership_public_calendar(since date, until date)
RETURNS TABLE (uid text, source text, title text, starts date, ends date, kind text, structure text, states text[],
    themes text[], status text, sequence integer, changed_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM (
        SELECT 'visit-' || v.id, 'visit', v.title::text, v.starts, v.ends, 'visit', a.name::text,
            ARRAY[v.state::text], v.themes::text[], v.status::text, v.sequence, v.changed_at
        FROM public.partnership_visit v JOIN public.office_agency a ON a.id = v.office_id
        WHERE v.clearance = 'public' AND v.status NOT IN ('idea', 'cancelled')
        UNION ALL
        SELECT 'initiative-' || i.id, 'initiative', i.title::text, i.starts, i.ends, i.kind::text, i.structure::text,
            i.states::text[], i.themes::text[], i.certainty::text, i.sequence, i.changed_at
        FROM public.partnership_initiative i
        WHERE i.clearance = 'public' AND i.certainty NOT IN ('rumour', 'cancelled')
        UNION ALL
        SELECT 'event-' || e.id, 'event', e.title::text, e.earliest, e.latest, e.kind::text, a.name::text,
            e.states::text[], e.themes::text[], e.status::text, e.sequence, e.changed_at
        FROM public.partnership_event e JOIN public.office_agency a ON a.id = e.office_id
        WHERE e.clearance = 'public' AND e.status NOT IN ('tentative', 'cancelled') AND length(e."when") >= 7
    ) AS entry (uid, source, title, starts, ends, kind, structure, states, themes, status, sequence, changed_at)
    WHERE entry.starts < least(until, (since + interval '2 years')::date) AND entry.ends >= since
    ORDER BY entry.starts, entry.title, entry.uid LIMIT 500
$$;

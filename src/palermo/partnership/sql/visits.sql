-- No double booking. No contrib extension is at hand for "=" in an exclusion constraint: a range that holds one value
-- meets another exactly when they are equal. An id is two halves of 64 bits, a State its two letters.
ALTER TABLE partnership_visit ADD CONSTRAINT partnership_visit_once_there EXCLUDE USING gist (
    int8range(('x' || substr(replace(office_id::text, '-', ''), 1, 16))::bit(64)::bigint,
              ('x' || substr(replace(office_id::text, '-', ''), 1, 16))::bit(64)::bigint, '[]') WITH &&,
    int8range(('x' || substr(replace(office_id::text, '-', ''), 17, 16))::bit(64)::bigint,
              ('x' || substr(replace(office_id::text, '-', ''), 17, 16))::bit(64)::bigint, '[]') WITH &&,
    int4range(ascii(state) * 65536 + ascii(substr(state, 2)), ascii(state) * 65536 + ascii(substr(state, 2)), '[]') WITH &&,
    daterange(starts, ends, '[]') WITH &&
) WHERE (status IN ('confirmed', 'done', 'reported', 'followed_up', 'closed'));

ALTER TABLE partnership_teammember ADD CONSTRAINT partnership_team_one_place EXCLUDE USING gist (
    int8range(('x' || substr(replace(key::text, '-', ''), 1, 16))::bit(64)::bigint,
              ('x' || substr(replace(key::text, '-', ''), 1, 16))::bit(64)::bigint, '[]') WITH &&,
    int8range(('x' || substr(replace(key::text, '-', ''), 17, 16))::bit(64)::bigint,
              ('x' || substr(replace(key::text, '-', ''), 17, 16))::bit(64)::bigint, '[]') WITH &&,
    daterange(starts, ends, '[]') WITH &&
) WHERE (binds);

-- A team member's days are the visit's, whoever writes them and when.
CREATE FUNCTION partnership_team_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT v.starts, v.ends, v.status IN ('confirmed', 'done', 'reported', 'followed_up', 'closed')
    INTO NEW.starts, NEW.ends, NEW.binds FROM public.partnership_visit v WHERE v.id = NEW.visit_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER partnership_team_days BEFORE INSERT OR UPDATE ON partnership_teammember
    FOR EACH ROW EXECUTE FUNCTION partnership_team_days();

CREATE FUNCTION partnership_visit_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.partnership_teammember SET starts = NEW.starts WHERE visit_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER partnership_visit_days AFTER UPDATE OF starts, ends, status ON partnership_visit
    FOR EACH ROW EXECUTE FUNCTION partnership_visit_days();

-- SEQUENCE rises with every change (RFC 5545, 3.8.7.4), also of bulk writes and raw SQL.
CREATE FUNCTION partnership_rise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.sequence := OLD.sequence + 1;
    NEW.changed_at := public.office_now();
    RETURN NEW;
END $$;
CREATE TRIGGER partnership_visit_rise BEFORE UPDATE ON partnership_visit
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION partnership_rise();
CREATE TRIGGER partnership_step_rise BEFORE UPDATE ON partnership_externalstep
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION partnership_rise();
CREATE TRIGGER partnership_initiative_rise BEFORE UPDATE ON partnership_initiative
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION partnership_rise();

-- What partners learn of each other's visits: State, week (its Monday), organisation; nothing else, and nothing of a
-- visit for named persons only. Ideas are nobody's business yet. At most two years at once.
CREATE FUNCTION partnership_free_busy(state text, since timestamptz, until timestamptz)
RETURNS TABLE (in_state text, week date, organisation text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT v.state::text, d.monday::date, a.name::text
    FROM public.partnership_visit v JOIN public.office_agency a ON a.id = v.office_id,
        LATERAL generate_series(date_trunc('week', v.starts::timestamp), v.ends::timestamp, interval '7 days') d (monday)
    WHERE public.office_my_agency() IS NOT NULL AND v.clearance <> 'named'
      AND v.status NOT IN ('idea', 'cancelled')
      AND (partnership_free_busy.state = '' OR v.state = partnership_free_busy.state)
      AND v.starts < least(until, since + interval '2 years')::date AND v.starts >= since::date - 366 AND v.ends >= since::date
      AND d.monday + interval '7 days' > since AND d.monday < until
    ORDER BY 2, 1, 3
$$;

-- Whose subscription an address is; nothing for a revoked one, or of a member who was dismissed or enforces migration.
CREATE FUNCTION partnership_feed(hash bytea) RETURNS TABLE (feed uuid, reader uuid) LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.partnership_feedtoken f SET read_at = public.office_now()
    FROM public.office_member m, public.office_agency a
    WHERE f.token_hash = hash AND f.revoked_at IS NULL AND m.id = f.member_id AND m.is_active AND m.kind = 'person'
      AND a.id = m.agency_id AND a.kind <> 'migration_enforcement'
    RETURNING f.id, m.id
$$;

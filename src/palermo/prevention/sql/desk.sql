-- Whose studies the member works on: analysts of an agency, and the agency's automatic hand; of migration enforcement
-- nobody. Whoever has another role meets nothing but what was published.
CREATE FUNCTION prevention_desk() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement'
      AND ('analyst' = ANY (m.roles) OR m.kind = 'system')
$$;

-- The office in whose name the member writes records of partnership: its co-ordinators and protocol officers.
CREATE OR REPLACE FUNCTION partnership_desk() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement'
      AND m.roles && ARRAY['co_ordinator', 'protocol_officer']::varchar[]
$$;

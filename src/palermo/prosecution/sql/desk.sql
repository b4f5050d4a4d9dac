-- Whose investigations the member works on: financial investigators of an anti-trafficking unit or a prosecution service,
-- and such an agency's automatic hand. Nobody else reaches an investigation, whatever other roles they hold.
CREATE FUNCTION prosecution_desk() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind IN ('police_special', 'prosecution')
      AND ('investigator' = ANY (m.roles) OR m.kind = 'system')
$$;

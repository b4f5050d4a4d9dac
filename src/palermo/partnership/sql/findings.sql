-- The stage of a finding is that of its last version, its status that of its last assessment: nobody writes them by hand.
CREATE OR REPLACE FUNCTION partnership_finding_stage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.partnership_finding SET stage = t.stage
    FROM (SELECT stage FROM public.partnership_findingtext WHERE finding_id = NEW.finding_id
          ORDER BY number DESC LIMIT 1) t
    WHERE id = NEW.finding_id AND partnership_finding.stage <> t.stage;
    RETURN NULL;
END $$;
CREATE TRIGGER partnership_finding_stage AFTER INSERT ON partnership_findingtext
    FOR EACH ROW EXECUTE FUNCTION partnership_finding_stage();

CREATE OR REPLACE FUNCTION partnership_finding_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.partnership_finding SET status = a.status
    FROM (SELECT status FROM public.partnership_assessment WHERE finding_id = NEW.finding_id
          ORDER BY "on" DESC, entered_at DESC LIMIT 1) a
    WHERE id = NEW.finding_id AND partnership_finding.status <> a.status;
    RETURN NULL;
END $$;
CREATE TRIGGER partnership_finding_status AFTER INSERT ON partnership_assessment
    FOR EACH ROW EXECUTE FUNCTION partnership_finding_status();

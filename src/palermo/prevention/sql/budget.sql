-- Nothing is released beyond the budget of its study, whoever asks at the same moment: the budget's row is held until the
-- transaction ends, and all that was told before is counted anew. What was told is counted whatever became of the release.
CREATE FUNCTION prevention_spend() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    budget record;
    told double precision;
BEGIN
    SELECT b.rho, b.delta INTO budget FROM public.prevention_budget b
    WHERE b.study_id = NEW.study_id AND b.agency_id = NEW.agency_id FOR UPDATE;
    IF NOT FOUND OR budget.delta <> NEW.delta THEN
        RAISE check_violation USING MESSAGE = 'no budget is decided for this study';
    END IF;
    SELECT coalesce(sum(r.rho), 0) INTO told FROM public.prevention_release r WHERE r.study_id = NEW.study_id AND r.agency_id = NEW.agency_id;
    IF NOT (NEW.rho > 0 AND told + NEW.rho <= budget.rho * (1 + 1e-9)) THEN
        RAISE check_violation USING MESSAGE = 'this release would overspend the budget';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prevention_spend BEFORE INSERT ON prevention_release
    FOR EACH ROW EXECUTE FUNCTION prevention_spend();

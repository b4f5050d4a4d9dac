-- What each side of a referral may change, and when. Rows belong to both sides; their columns do not. Runs as palermo_owner.

-- An appeal is lodged by the sender, once; it is decided by the recipient, once, and not by who decided first.
CREATE FUNCTION protection_guard_identification() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    r public.protection_referral;
BEGIN
    SELECT * INTO r FROM public.protection_referral WHERE id = OLD.referral_id;
    IF (NEW.appealed_at, NEW.appeal_ground) IS DISTINCT FROM (OLD.appealed_at, OLD.appeal_ground) THEN
        IF desk IS DISTINCT FROM r.sender_id OR OLD.appealed_at IS NOT NULL OR OLD.appeal_until < public.office_now() THEN
            RAISE insufficient_privilege USING MESSAGE = 'the sender appeals, once and in time';
        END IF;
        NEW.appealed_at := public.office_now();
    END IF;
    IF (NEW.appeal_outcome, NEW.appeal_decided_at) IS DISTINCT FROM (OLD.appeal_outcome, OLD.appeal_decided_at) THEN
        IF desk IS DISTINCT FROM r.recipient_id OR OLD.appealed_at IS NULL OR OLD.appeal_outcome <> ''
           OR NEW.appeal_outcome NOT IN ('identified', 'not_identified') OR public.office_me() = OLD.decided_by THEN
            RAISE insufficient_privilege USING MESSAGE = 'another decision maker of the authority decides on the appeal, once';
        END IF;
        NEW.appeal_decided_at := public.office_now();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protection_guard_identification BEFORE UPDATE ON protection_identification
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_identification();

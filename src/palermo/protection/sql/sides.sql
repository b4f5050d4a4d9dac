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
    IF (NEW.appeal_outcome, NEW.appeal_reason, NEW.appeal_decided_at)
       IS DISTINCT FROM (OLD.appeal_outcome, OLD.appeal_reason, OLD.appeal_decided_at) THEN
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

-- A share rests on the disclosure of its own referral: a package goes to nobody on the basis of another one, nor with more
-- kinds of data than its disclosure names. Office knows no referrals, so protection looks at what office is about to give.
CREATE FUNCTION protection_guard_share() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.protection_referral r WHERE r.id = NEW.object_id
               AND (r.disclosure_id::text <> NEW.ground OR r.recipient_id <> NEW.agency_id))
       OR EXISTS (SELECT FROM public.protection_guardianrequest g WHERE g.id = NEW.object_id
                  AND (g.disclosure_id::text IS DISTINCT FROM NEW.ground OR g.asked_of_id <> NEW.agency_id))
       OR EXISTS (SELECT FROM public.protection_package p JOIN public.protection_referral r ON r.id = p.referral_id
                  JOIN public.office_disclosure d ON d.id = r.disclosure_id
                  WHERE p.id = NEW.object_id AND (r.disclosure_id::text <> NEW.ground OR r.recipient_id <> NEW.agency_id
                                                  OR r.package_id <> p.id OR NOT p.kinds <@ d.kinds)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this disclosure is not that of the referral or request';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protection_guard_share BEFORE INSERT ON office_reach
    FOR EACH ROW WHEN (NEW.kind IN ('referral', 'package', 'guardian') AND NEW.ground <> 'owner')
    EXECUTE FUNCTION protection_guard_share();

-- The other order: nothing is put under an id that somebody else reaches already; a package is that of its referral.
CREATE FUNCTION protection_guard_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.office_reach o WHERE o.object_id = NEW.id AND o.ground <> 'owner') THEN
        RAISE insufficient_privilege USING MESSAGE = 'shared before it was there';
    END IF;
    IF TG_TABLE_NAME = 'protection_package' AND NOT EXISTS (
        SELECT FROM public.protection_referral r JOIN public.office_disclosure d ON d.id = r.disclosure_id
        WHERE r.id = (to_jsonb(NEW) ->> 'referral_id')::uuid AND r.package_id = NEW.id
          AND r.sender_id = public.office_desk()
          AND ARRAY(SELECT jsonb_array_elements_text(to_jsonb(NEW) -> 'kinds')) <@ d.kinds::text[]) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this package is not that of the referral';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protection_guard_new BEFORE INSERT ON protection_referral
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_new();
CREATE TRIGGER protection_guard_new BEFORE INSERT ON protection_package
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_new();

CREATE TRIGGER protection_guard_new BEFORE INSERT ON protection_guardianrequest
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_new();

-- Who a child's guardian is, is written once, by the agency asked or the one that asked; until then the one that asked
-- escalates, once, when the time is up.
CREATE FUNCTION protection_guard_guardian() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk uuid := public.office_desk();
BEGIN
    IF NEW.escalated_at IS DISTINCT FROM OLD.escalated_at THEN
        IF desk IS DISTINCT FROM OLD.asked_by_id OR OLD.escalated_at IS NOT NULL OR OLD.due_at > public.office_now()
           OR (OLD.appointed_at, NEW.appointed_at, NEW.appointed_by) IS DISTINCT FROM (NULL, NULL, NULL)
           OR NEW.guardian <> OLD.guardian THEN
            RAISE insufficient_privilege USING MESSAGE = 'the agency that asked escalates, once, when the time is up';
        END IF;
        NEW.escalated_at := public.office_now();
        RETURN NEW;
    END IF;
    IF OLD.appointed_at IS NOT NULL OR NEW.appointed_at IS NULL OR desk IS NULL OR desk NOT IN (OLD.asked_of_id, OLD.asked_by_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a guardian is appointed once, by the agency asked or the one that asked';
    END IF;
    NEW.appointed_at := public.office_now();
    NEW.appointed_by := public.office_me();
    RETURN NEW;
END $$;
CREATE TRIGGER protection_guard_guardian BEFORE UPDATE ON protection_guardianrequest
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_guardian();

-- The recipient answers and finishes; the sender takes back and escalates. Moments are the database's.
CREATE FUNCTION protection_guard_referral() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    step text := CASE WHEN NEW.state <> OLD.state THEN OLD.state || '>' || NEW.state ELSE '' END;
    answers boolean := step IN ('sent>accepted', 'sent>declined');
    ends boolean := step = 'accepted>done';
    ends_early boolean := step IN ('sent>withdrawn', 'accepted>withdrawn');
    wrong text;
BEGIN
    IF step <> '' AND NOT (answers OR ends OR ends_early) THEN
        wrong := 'a referral does not go this way: ' || step;
    ELSIF (answers OR ends) AND desk IS DISTINCT FROM OLD.recipient_id THEN
        wrong := 'the recipient answers a referral';
    ELSIF ends_early AND desk IS DISTINCT FROM OLD.sender_id THEN
        wrong := 'the sender takes a referral back';
    ELSIF NOT answers AND (NEW.answered_at, NEW.answered_by, NEW.decline_reason)
                          IS DISTINCT FROM (OLD.answered_at, OLD.answered_by, OLD.decline_reason)
          OR NOT (answers OR ends) AND NEW.answer_note <> OLD.answer_note
          OR NOT ends AND NEW.done_at IS DISTINCT FROM OLD.done_at
          OR NOT ends_early AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        wrong := 'an answer is not changed afterwards';
    ELSIF NEW.escalated_at IS DISTINCT FROM OLD.escalated_at AND (desk IS DISTINCT FROM OLD.sender_id
          OR OLD.escalated_at IS NOT NULL OR OLD.state <> 'sent' OR OLD.due_at > public.office_now()) THEN
        wrong := 'the sender escalates, once, when the time is up';
    END IF;
    IF wrong IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = wrong;
    END IF;
    IF answers THEN
        NEW.answered_at := public.office_now();
        NEW.answered_by := public.office_me();
    ELSIF ends THEN
        NEW.done_at := public.office_now();
    ELSIF ends_early THEN
        NEW.withdrawn_at := public.office_now();
    END IF;
    IF NEW.escalated_at IS DISTINCT FROM OLD.escalated_at THEN
        NEW.escalated_at := public.office_now();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protection_guard_referral BEFORE UPDATE ON protection_referral
    FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION protection_guard_referral();

-- What those without an account may do: open a sealed link, ask what became of a concern. Runs as palermo_owner.

-- Open a sealed link once, with the code that came another way. Five wrong codes close it. It opens only to the recipient
-- of its referral, while that is open, and only where nobody of it signs in.
CREATE FUNCTION protection_open_link(token bytea, token_and_code bytea) RETURNS TABLE (referral uuid, guest uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE l public.protection_sealedlink;
BEGIN
    SELECT k.* INTO l FROM public.protection_sealedlink k
    JOIN public.protection_referral r ON r.id = k.referral_id AND r.recipient_id = k.recipient_id
    JOIN public.office_agency a ON a.id = r.recipient_id
    WHERE k.token_hash = token AND r.state IN ('sent', 'accepted') AND NOT a.has_account FOR UPDATE OF k;
    IF l.id IS NULL OR l.expires_at <= public.office_now() OR l.tries >= 5 OR l.opened_at IS NOT NULL THEN
        RETURN;
    END IF;
    IF l.code_hash <> token_and_code THEN
        UPDATE public.protection_sealedlink SET tries = tries + 1 WHERE id = l.id;
        RETURN;
    END IF;
    UPDATE public.protection_sealedlink SET opened_at = public.office_now() WHERE id = l.id;
    RETURN QUERY SELECT l.referral_id, m.id FROM public.office_member m
                 WHERE m.agency_id = l.recipient_id AND m.kind = 'guest' AND m.is_active;
END $$;

-- A concern was left at the public door: its recipient is told. Whoever leaves it has no pass to leave a notice with.
CREATE FUNCTION protection_announce_concern(concern uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
    SELECT gen_random_uuid(), c.recipient_id, 'concern_received', c.id, '', public.office_now()
    FROM public.protection_concern c WHERE c.id = concern AND c.state = 'new'
      AND NOT EXISTS (SELECT FROM public.office_notice n WHERE n.about_id = c.id)
$$;

-- What the sender of a concern may be told. The receipt is the sender's alone.
CREATE FUNCTION protection_concern_status(receipt bytea) RETURNS TABLE (state text, told bytea, answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.state::text, c.told, c.answered_at FROM public.protection_concern c WHERE c.receipt_hash = receipt
$$;

-- The competent authority's decision reaches the case it is about, and nothing else of the file.
CREATE FUNCTION protection_decided(decided uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    r public.protection_referral;
    i public.protection_identification;
    -- An appeal is the sender's to lodge; the decision and that on the appeal are the authority's.
    side uuid;
BEGIN
    SELECT * INTO r FROM public.protection_referral WHERE id = decided;
    SELECT * INTO i FROM public.protection_identification WHERE referral_id = decided;
    side := CASE WHEN i.appealed_at IS NOT NULL AND i.appeal_outcome = '' THEN r.sender_id ELSE r.recipient_id END;
    IF i.id IS NULL OR public.office_desk() IS DISTINCT FROM side THEN
        RAISE insufficient_privilege USING MESSAGE = 'this decision is not yours';
    END IF;
    IF r.purpose <> 'identification' OR r.state NOT IN ('accepted', 'done')
       OR i.outcome NOT IN ('identified', 'not_identified')
       OR i.appeal_outcome NOT IN ('', 'identified', 'not_identified')
       OR NOT EXISTS (SELECT FROM public.office_agency a WHERE a.id = r.recipient_id
                      AND a.kind IN ('competent_authority', 'police_special', 'asylum'))
       OR NOT EXISTS (SELECT FROM public.office_reach o WHERE o.object_id = r.person_id AND o.agency_id = r.sender_id
                      AND o.kind = 'person' AND o.ground = 'owner') THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is no decision on an accepted referral for identification';
    END IF;
    UPDATE public.protection_case SET state = CASE
        WHEN i.appeal_outcome <> '' THEN i.appeal_outcome
        WHEN i.appealed_at IS NOT NULL THEN 'appealed'
        ELSE i.outcome END
    WHERE person_id = r.person_id AND state <> 'closed';
END $$;

-- Referrals and questions for a guardian whose answer is overdue and not yet escalated: for the worker, which then acts
-- as whoever sent each. Ids only.
CREATE FUNCTION protection_overdue() RETURNS TABLE (kind text, id uuid, hand uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT w.kind, w.id, m.id FROM (
        SELECT 'referral' AS kind, r.id, r.sender_id, r.due_at FROM public.protection_referral r
        WHERE r.state = 'sent' AND r.escalated_at IS NULL
        UNION ALL
        SELECT 'guardian', g.id, g.asked_by_id, g.due_at FROM public.protection_guardianrequest g
        WHERE g.appointed_at IS NULL AND g.escalated_at IS NULL
    ) w
    JOIN public.office_member m ON m.agency_id = w.sender_id AND m.kind = 'system'
    JOIN public.office_member me ON me.id = public.office_me() AND me.kind = 'system'
    WHERE w.due_at < public.office_now()
    ORDER BY w.due_at
$$;

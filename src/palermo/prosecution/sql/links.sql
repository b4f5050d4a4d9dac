-- Referrals for investigation that this desk received and whose basis stands at this moment: consent for an adult, the
-- best interests for a child. Nothing of the person comes with them. The only window from here into protection.
CREATE FUNCTION prosecution_offers() RETURNS TABLE (
    referral_id uuid, sender_id uuid, sent_at timestamptz, child boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f.id, f.sender_id, f.sent_at, f.child
    FROM public.protection_referral f JOIN public.office_disclosure d ON d.id = f.disclosure_id
    WHERE f.recipient_id = public.prosecution_desk() AND f.purpose = 'investigation'
      AND f.state IN ('sent', 'accepted', 'done') AND d.purpose = 'investigation'
      AND d.basis IN ('consent', 'child_best_interests') AND public.office_unlawful(d) IS NULL
$$;

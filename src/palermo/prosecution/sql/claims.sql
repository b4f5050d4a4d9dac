-- Whether victims wait for money of an investigation: a claim that nobody has decided, or an approved one that is not paid
-- in full. While they do, nothing is paid for costs or to the State (a policy of prosecution_share asks). It reads with the
-- rights of whoever asks, and so sees the own agency's claims alone; whoever has no desk there is told nothing.
CREATE FUNCTION prosecution_victims_wait(uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN public.prosecution_desk() IS NOT NULL THEN EXISTS (
        SELECT FROM public.prosecution_victimclaim c WHERE c.investigation_id = $1 AND (c.state = 'made'
            OR c.state = 'approved' AND c.approved > COALESCE((SELECT sum(s.settles) FROM public.prosecution_share s
                WHERE s.claim_id = c.id AND s.paid_on IS NOT NULL), 0))) END
$$;

-- The co-ordinator's board: counts over all agencies, no rows of persons. For the national co-ordinator alone.
CREATE FUNCTION protection_board(since timestamptz, until timestamptz) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := public.office_now();
BEGIN
    IF NOT EXISTS (SELECT FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
                   WHERE m.id = public.office_me() AND m.is_active AND a.kind = 'national_co_ordinator'
                     AND 'co_ordinator' = ANY (m.roles)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the board is the national co-ordinator''s';
    END IF;
    RETURN (
        WITH arrived AS (
            SELECT p.id, p.site_id, p.path, p.arrived_at FROM public.office_person p
            WHERE p.arrived_at >= since AND p.arrived_at < until
        ), screened AS (
            SELECT DISTINCT ON (s.person_id) s.person_id, s.ended_at, s.result, s.judgement, a.site_id, a.path, a.arrived_at
            FROM public.protection_screening s JOIN arrived a ON a.id = s.person_id
            WHERE s.state = 'finished' ORDER BY s.person_id, (s.judgement = 'presumed') DESC, s.ended_at
        ), sent AS (
            SELECT r.*, s.name AS sender_name, t.name AS recipient_name FROM public.protection_referral r
            JOIN public.office_agency s ON s.id = r.sender_id JOIN public.office_agency t ON t.id = r.recipient_id
            WHERE r.sent_at >= since AND r.sent_at < until
        )
        SELECT jsonb_build_object(
            'totals', (SELECT jsonb_build_object(
                'arrived', (SELECT count(*) FROM arrived),
                'children', (SELECT count(*) FROM arrived WHERE path <> 'adult'),
                'screened', (SELECT count(*) FROM screened),
                'presumed', (SELECT count(*) FROM screened WHERE judgement = 'presumed'),
                'to_judge', (SELECT count(*) FROM screened WHERE judgement = ''),
                'referred', (SELECT count(*) FROM arrived a WHERE EXISTS (
                    SELECT FROM public.protection_referral r WHERE r.person_id = a.id)),
                'accepted', (SELECT count(*) FROM arrived a WHERE EXISTS (
                    SELECT FROM public.protection_referral r WHERE r.person_id = a.id AND r.state IN ('accepted', 'done'))),
                'waiting', (SELECT count(*) FROM sent WHERE state = 'sent'),
                'overdue', (SELECT count(*) FROM sent WHERE state = 'sent' AND due_at < moment),
                'declined', (SELECT count(*) FROM sent WHERE state = 'declined'))),
            'days', (SELECT coalesce(jsonb_agg(d ORDER BY d.day), '[]') FROM (
                SELECT to_char(a.arrived_at, 'YYYY-MM-DD') AS day, count(*) AS arrived,
                       count(s.person_id) AS screened, count(*) FILTER (WHERE s.judgement = 'presumed') AS presumed
                FROM arrived a LEFT JOIN screened s ON s.person_id = a.id GROUP BY 1) d),
            'sites', (SELECT coalesce(jsonb_agg(d ORDER BY d.name), '[]') FROM (
                SELECT t.name, t."column", t.row, t.capacity, count(*) AS arrived, count(s.person_id) AS screened,
                       count(*) FILTER (WHERE s.judgement = 'presumed') AS presumed
                FROM arrived a JOIN public.office_site t ON t.id = a.site_id LEFT JOIN screened s ON s.person_id = a.id
                GROUP BY t.id) d),
            'agencies', (SELECT coalesce(jsonb_agg(d ORDER BY d.overdue DESC, d.name), '[]') FROM (
                SELECT recipient_name AS name, count(*) AS received,
                       count(*) FILTER (WHERE state = 'sent') AS waiting,
                       count(*) FILTER (WHERE state = 'sent' AND due_at < moment) AS overdue,
                       count(*) FILTER (WHERE answered_at <= due_at) AS in_time,
                       count(*) FILTER (WHERE answered_at IS NOT NULL) AS answered,
                       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - sent_at) / 3600))::numeric, 1)
                           AS median_hours
                FROM sent GROUP BY recipient_name) d),
            'waiting_hours', (SELECT coalesce(jsonb_agg(d ORDER BY d.hours), '[]') FROM (
                SELECT least(width_bucket(extract(epoch FROM answered_at - sent_at) / 3600, 0, 72, 24), 25) * 3 - 3 AS hours, count(*) AS referrals
                FROM sent WHERE answered_at IS NOT NULL GROUP BY 1) d),
            'screening_hours', (SELECT coalesce(jsonb_agg(d ORDER BY d.hours), '[]') FROM (
                SELECT least(width_bucket(extract(epoch FROM ended_at - arrived_at) / 3600, 0, 72, 24), 25) * 3 - 3 AS hours, count(*) AS persons
                FROM screened GROUP BY 1) d)));
END $$;

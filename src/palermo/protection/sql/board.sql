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
    -- Every person and every referral of the period is read once; the figures are sums over these.
    RETURN (
        WITH screened AS (
            -- The one that counts for a person: a presumption if there is one, else the first that was finished.
            SELECT s.person_id, bool_or(s.judgement = 'presumed') AS presumed,
                   coalesce(min(s.ended_at) FILTER (WHERE s.judgement = 'presumed'), min(s.ended_at)) AS ended_at,
                   min(s.ended_at) = min(s.ended_at) FILTER (WHERE s.judgement = '') AS unjudged
            FROM public.protection_screening s JOIN public.office_person p ON p.id = s.person_id
            WHERE s.state = 'finished' AND p.arrived_at >= since AND p.arrived_at < until
            GROUP BY s.person_id
        ), referred AS (
            SELECT person_id, bool_or(state IN ('accepted', 'done')) AS accepted
            FROM public.protection_referral GROUP BY person_id
        ), persons AS MATERIALIZED (
            SELECT (p.arrived_at AT TIME ZONE 'UTC')::date AS day, p.site_id, p.path <> 'adult' AS child,
                   s.person_id IS NOT NULL AS screened, coalesce(s.presumed, false) AS presumed,
                   s.unjudged AND NOT s.presumed AS to_judge, r.person_id IS NOT NULL AS referred, r.accepted,
                   CASE WHEN s.person_id IS NOT NULL
                        THEN width_bucket(date_part('epoch', s.ended_at - p.arrived_at) / 3600, 0, 72, 24) END AS hours
            FROM public.office_person p LEFT JOIN screened s ON s.person_id = p.id LEFT JOIN referred r ON r.person_id = p.id
            WHERE p.arrived_at >= since AND p.arrived_at < until
        ), counted AS (
            SELECT grouping(day, site_id, hours) AS by, day, site_id, hours, count(*) AS arrived,
                   count(*) FILTER (WHERE child) AS children, count(*) FILTER (WHERE screened) AS screened,
                   count(*) FILTER (WHERE presumed) AS presumed, count(*) FILTER (WHERE to_judge) AS to_judge,
                   count(*) FILTER (WHERE referred) AS referred, count(*) FILTER (WHERE accepted) AS accepted
            FROM persons GROUP BY GROUPING SETS ((), (day), (site_id), (hours))
        ), sent AS MATERIALIZED (
            SELECT r.recipient_id, r.state, r.state = 'sent' AND r.due_at < moment AS overdue,
                   r.answered_at <= r.due_at AS in_time, date_part('epoch', r.answered_at - r.sent_at) / 3600 AS hours
            FROM public.protection_referral r WHERE r.sent_at >= since AND r.sent_at < until
        ), received AS (
            SELECT recipient_id, count(*) AS received, count(*) FILTER (WHERE state = 'sent') AS waiting,
                   count(*) FILTER (WHERE overdue) AS overdue, count(*) FILTER (WHERE state = 'declined') AS declined,
                   count(*) FILTER (WHERE in_time) AS in_time, count(hours) AS answered,
                   round((percentile_cont(0.5) WITHIN GROUP (ORDER BY hours))::numeric, 1) AS median_hours
            FROM sent GROUP BY recipient_id
        ), guardians AS (
            SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at < moment) AS overdue
            FROM public.protection_guardianrequest
            WHERE asked_at >= since AND asked_at < until AND appointed_at IS NULL
        )
        SELECT jsonb_build_object(
            'totals', (SELECT jsonb_build_object('arrived', c.arrived, 'children', c.children, 'screened', c.screened,
                    'presumed', c.presumed, 'to_judge', c.to_judge, 'referred', c.referred, 'accepted', c.accepted,
                    'waiting', r.waiting, 'overdue', r.overdue, 'declined', r.declined,
                    'guardians_waiting', g.waiting, 'guardians_overdue', g.overdue)
                FROM counted c, guardians g, (SELECT coalesce(sum(waiting), 0) AS waiting, coalesce(sum(overdue), 0) AS overdue,
                                        coalesce(sum(declined), 0) AS declined FROM received) r WHERE c.by = 7),
            'days', (SELECT coalesce(jsonb_agg(d ORDER BY d.day), '[]') FROM (
                SELECT to_char(day, 'YYYY-MM-DD') AS day, arrived, screened, presumed FROM counted WHERE by = 3) d),
            'sites', (SELECT coalesce(jsonb_agg(d ORDER BY d.name), '[]') FROM (
                SELECT t.name, t."column", t.row, t.capacity, c.arrived, c.screened, c.presumed
                FROM counted c JOIN public.office_site t ON t.id = c.site_id WHERE c.by = 5) d),
            'agencies', (SELECT coalesce(jsonb_agg(d ORDER BY d.overdue DESC, d.name), '[]') FROM (
                SELECT t.name, r.received, r.waiting, r.overdue, r.in_time, r.answered, r.median_hours
                FROM received r JOIN public.office_agency t ON t.id = r.recipient_id) d),
            'waiting_hours', (SELECT coalesce(jsonb_agg(d ORDER BY d.hours), '[]') FROM (
                SELECT least(width_bucket(hours, 0, 72, 24), 25) * 3 - 3 AS hours, count(*) AS referrals
                FROM sent WHERE hours IS NOT NULL GROUP BY 1) d),
            'screening_hours', (SELECT coalesce(jsonb_agg(d ORDER BY d.hours), '[]') FROM (
                SELECT least(hours, 25) * 3 - 3 AS hours, arrived AS persons FROM counted
                WHERE by = 6 AND hours IS NOT NULL) d)));
END $$;

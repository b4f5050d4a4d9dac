-- Respondents without an account: what is asked, and what they answer, by a link and a code that came another way.
-- Runs as palermo_owner.

-- The respondent of a link whose code fits, or null. Five wrong codes close it; so does having answered, or the last day.
CREATE OR REPLACE FUNCTION partnership_respondent_of(token bytea, token_and_code bytea)
RETURNS public.partnership_respondent LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE l public.partnership_respondent;
BEGIN
    SELECT r.* INTO l FROM public.partnership_respondent r JOIN public.partnership_round o ON o.id = r.round_id
    WHERE r.token_hash = token AND o.opens_on <= public.office_now()::date AND o.closes_on >= public.office_now()::date
    FOR UPDATE OF r;
    IF l.id IS NULL OR l.tries >= 5 OR l.submitted_at IS NOT NULL THEN
        RETURN NULL;
    END IF;
    IF l.code_hash <> token_and_code THEN
        UPDATE public.partnership_respondent SET tries = tries + 1 WHERE id = l.id;
        RETURN NULL;
    END IF;
    RETURN l;
END $$;
REVOKE ALL ON FUNCTION partnership_respondent_of(bytea, bytea) FROM PUBLIC;

-- What is asked of the respondent, and what they have said so far.
CREATE OR REPLACE FUNCTION partnership_open_answers(token bytea, token_and_code bytea) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE l public.partnership_respondent := public.partnership_respondent_of(token, token_and_code);
BEGIN
    IF l.id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE public.partnership_respondent SET opened_at = coalesce(opened_at, public.office_now()), tries = 0
    WHERE id = l.id;
    RETURN (SELECT jsonb_build_object(
        'respondent', l.name, 'title', o.title, 'closes_on', o.closes_on, 'office', a.name,
        'questions', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', q.id, 'code', q.code, 'kind', q.kind, 'text', q.text, 'help', q.help, 'choices', q.choices,
            'wants_evidence', q.wants_evidence, 'value', coalesce(g.value, ''), 'evidence', coalesce(g.evidence, ''))
            ORDER BY q."order"), '[]') FROM public.partnership_question q
            LEFT JOIN public.partnership_answer g ON g.question_id = q.id AND g.respondent_id = l.id
            WHERE q.version_id = o.version_id))
        FROM public.partnership_round o JOIN public.office_agency a ON a.id = o.office_id WHERE o.id = l.round_id);
END $$;

-- Keep answers: [{"question": …, "value": …, "evidence": …}]; an empty value takes an answer back. True when done, else null.
CREATE OR REPLACE FUNCTION partnership_give_answers(token bytea, token_and_code bytea, answers jsonb, submit boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE l public.partnership_respondent := public.partnership_respondent_of(token, token_and_code);
BEGIN
    IF l.id IS NULL THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.partnership_answer g USING jsonb_to_recordset(answers) AS x(question uuid, value text)
    WHERE g.respondent_id = l.id AND g.question_id = x.question AND x.value = '';
    INSERT INTO public.partnership_answer (id, round_id, respondent_id, question_id, value, evidence, at)
    SELECT gen_random_uuid(), l.round_id, l.id, q.id, x.value, coalesce(x.evidence, ''), public.office_now()
    FROM jsonb_to_recordset(answers) AS x(question uuid, value text, evidence text)
    JOIN public.partnership_question q ON q.id = x.question
    JOIN public.partnership_round o ON o.id = l.round_id AND o.version_id = q.version_id
    WHERE x.value <> '' AND length(x.value) <= 4000 AND length(coalesce(x.evidence, '')) <= 500
      AND (q.kind <> 'yes_no' OR x.value IN ('yes', 'no', 'not_known'))
      AND (q.kind <> 'choice' OR x.value = ANY (q.choices))
    ON CONFLICT (respondent_id, question_id)
    DO UPDATE SET value = excluded.value, evidence = excluded.evidence, at = excluded.at
    WHERE (partnership_answer.value, partnership_answer.evidence) IS DISTINCT FROM (excluded.value, excluded.evidence);
    UPDATE public.partnership_respondent SET submitted_at = CASE WHEN submit THEN public.office_now() END WHERE id = l.id;
    RETURN true;
END $$;

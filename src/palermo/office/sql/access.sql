-- Who is asking, what they reach, and the only ways in which reach is given. Runs as palermo_owner.
-- Every function here is SECURITY DEFINER with a fixed search_path (temporary objects last, or PostgreSQL looks there
-- first): it reads what the application may not.

CREATE TABLE office_passkey (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ipad bytea NOT NULL,
    opad bytea NOT NULL
);
CREATE TABLE office_space (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    simulated boolean NOT NULL,
    -- Fingerprints of the keys that fit this space, so that a wrong key file is refused at the start.
    blind text NOT NULL,
    passes text NOT NULL,
    ring text[] NOT NULL
);

CREATE FUNCTION office_keys() RETURNS TABLE (simulated boolean, blind text, passes text, ring text[]) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.simulated, s.blind, s.passes, s.ring FROM public.office_space s
$$;

-- The time that counts: the exercise's clock in a simulated space, else the server's.
CREATE FUNCTION office_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN (SELECT simulated FROM public.office_space)
                THEN coalesce(nullif(current_setting('palermo.clock', true), '')::timestamptz, statement_timestamp())
                ELSE statement_timestamp() END
$$;

-- The member whose signed pass (member.expiry.HMAC-SHA-256) is set, or null for none, forged or expired.
CREATE FUNCTION office_me() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    pass text := current_setting('palermo.pass', true);
    key record;
    said text;
BEGIN
    IF pass IS NULL OR pass !~ '^[0-9a-f-]{36}\.[0-9]{1,12}\.[0-9a-f]{64}$' THEN
        RETURN NULL;
    END IF;
    IF to_timestamp(split_part(pass, '.', 2)::bigint) < statement_timestamp() THEN
        RETURN NULL;
    END IF;
    SELECT ipad, opad INTO key FROM public.office_passkey;
    said := split_part(pass, '.', 1) || '.' || split_part(pass, '.', 2);
    IF encode(sha256(key.opad || sha256(key.ipad || convert_to(said, 'UTF8'))), 'hex') <> split_part(pass, '.', 3) THEN
        RETURN NULL;
    END IF;
    RETURN split_part(pass, '.', 1)::uuid;
END $$;

-- The agency of the member, whatever the role; null for migration enforcement, which has no business with notices or files.
CREATE FUNCTION office_my_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement'
$$;

-- The same, only for roles that work on files (enums.DESK_ROLES) and hands of the agency (system, guest).
CREATE FUNCTION office_desk() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement'
      AND m.roles && ARRAY['first_responder', 'case_manager', 'service_worker', 'decision_maker']::varchar[]
$$;

-- The agency whose log, openings and rights requests the member may read: its data protection officer.
CREATE FUNCTION office_overseen() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement'
      AND 'data_protection_officer' = ANY (m.roles)
$$;

-- Claim a new object for one's own agency. Refused once anybody reaches it.
CREATE FUNCTION office_claim(object uuid, object_kind text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk uuid := public.office_desk();
BEGIN
    IF desk IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no desk: this member reaches no files';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(object::text, 0));
    IF EXISTS (SELECT FROM public.office_reach WHERE object_id = object) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the object is claimed already';
    END IF;
    INSERT INTO public.office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at)
    VALUES (gen_random_uuid(), desk, object, object_kind, true, '9999-12-31', 'owner', public.office_now());
END $$;

-- Whether a disclosure stands on its basis at this moment; the reason why not, or null.
CREATE FUNCTION office_unlawful(d public.office_disclosure) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    c public.office_consent;
    p public.office_person;
    to_agency public.office_agency;
BEGIN
    SELECT * INTO to_agency FROM public.office_agency WHERE id = d.recipient_id;
    SELECT * INTO p FROM public.office_person WHERE id = d.person_id;
    IF to_agency.kind = 'migration_enforcement' THEN
        RETURN 'nothing is ever disclosed to migration enforcement';
    END IF;
    IF NOT d.purpose = ANY (to_agency.purposes) THEN
        RETURN 'the recipient has no mandate for this purpose';
    END IF;
    IF d.recalled_at IS NOT NULL THEN
        RETURN 'the disclosure was recalled';
    END IF;
    -- The reasons for a presumption are there to protect. No border, visa or return decision may ever rest on them.
    IF 'screening' = ANY (d.kinds) AND d.purpose NOT IN ('protection', 'child_protection', 'identification', 'legal_aid') THEN
        RETURN 'screening reasons go only where they protect or identify the person';
    END IF;
    IF d.basis = 'consent' THEN
        SELECT * INTO c FROM public.office_consent WHERE id = d.consent_id;
        IF c.id IS NULL OR c.person_id <> d.person_id THEN RETURN 'there is no such consent of this person'; END IF;
        IF p.path <> 'adult' THEN RETURN 'a child is not asked to carry the decision: use the best interests of the child'; END IF;
        IF c.withdrawn_at IS NOT NULL THEN RETURN 'the consent was withdrawn'; END IF;
        IF c.expires_at <= public.office_now() THEN RETURN 'the consent has expired'; END IF;
        IF c.recipient_id <> d.recipient_id THEN RETURN 'the consent names another recipient'; END IF;
        IF c.purpose <> d.purpose THEN RETURN 'the consent was given for another purpose'; END IF;
        IF NOT d.kinds <@ c.kinds THEN RETURN 'the consent does not cover all these kinds of data'; END IF;
    ELSIF d.basis = 'child_best_interests' THEN
        IF p.path = 'adult' THEN RETURN 'the person is an adult'; END IF;
        IF NOT 'reason' = ANY (d.written) THEN RETURN 'the interests that were weighed are not written down'; END IF;
        IF NOT 'child_view' = ANY (d.written) THEN RETURN 'the view of the child is not written down (write that it could not be asked, and why)'; END IF;
        IF NOT 'guardian' = ANY (d.written) THEN RETURN 'there is neither a guardian nor a request for one'; END IF;
        IF NOT d.guardian_not_implicated THEN RETURN 'it was not checked that the guardian is not implicated'; END IF;
    ELSIF d.basis IN ('vital_interests', 'legal_duty') THEN
        IF NOT 'reason' = ANY (d.written) THEN RETURN 'the danger or the duty is not written down'; END IF;
    ELSE
        RETURN 'there is no lawful basis';
    END IF;
    RETURN NULL;
END $$;

-- Let the recipient of a disclosure reach a referral or a request for a guardian (to answer it), or a package (to read it).
CREATE FUNCTION office_share(disclosure uuid, object uuid, object_kind text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    d public.office_disclosure;
    wrong text;
BEGIN
    SELECT * INTO d FROM public.office_disclosure WHERE id = disclosure;
    IF desk IS NULL OR d.id IS NULL OR object_kind NOT IN ('referral', 'package', 'guardian')
       OR NOT EXISTS (SELECT FROM public.office_reach r WHERE r.object_id = d.person_id AND r.agency_id = desk AND r.ground = 'owner')
       OR NOT EXISTS (SELECT FROM public.office_reach r WHERE r.object_id = object AND r.agency_id = desk AND r.ground = 'owner'
                      AND r.kind = object_kind) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the owner discloses';
    END IF;
    -- A withdrawal that runs at the same moment waits for us, or we for it: no package slips through between.
    PERFORM 1 FROM public.office_consent WHERE id = d.consent_id FOR SHARE;
    SELECT * INTO d FROM public.office_disclosure WHERE id = disclosure;
    wrong := public.office_unlawful(d);
    IF wrong IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = wrong;
    END IF;
    INSERT INTO public.office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at)
    SELECT gen_random_uuid(), d.recipient_id, object, object_kind, object_kind <> 'package',
           CASE WHEN object_kind = 'package' AND d.basis = 'consent'
                THEN (SELECT expires_at FROM public.office_consent WHERE id = d.consent_id)
                ELSE '9999-12-31' END,
           d.id::text, public.office_now();
END $$;

-- Withdraw a consent: every package that rests on it goes dark at once. Tells what had been opened by then.
CREATE FUNCTION office_withdraw(consent uuid) RETURNS TABLE (disclosure_id uuid, recipient_id uuid, opened_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    c public.office_consent;
BEGIN
    SELECT * INTO c FROM public.office_consent WHERE id = consent FOR UPDATE;
    IF desk IS NULL OR c.id IS NULL OR NOT EXISTS (
        SELECT FROM public.office_reach r WHERE r.object_id = c.person_id AND r.agency_id = desk AND r.writes
                      AND r.until > public.office_now()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this consent is not in a file of yours';
    END IF;
    UPDATE public.office_consent SET withdrawn_at = public.office_now() WHERE id = consent AND withdrawn_at IS NULL;
    UPDATE public.office_reach SET until = public.office_now()
    WHERE kind = 'package' AND ground IN (SELECT id::text FROM public.office_disclosure WHERE consent_id = consent)
      AND until > public.office_now();
    -- Recipients are told, by a notice and a line in their own logs; nobody can make either by hand.
    RETURN QUERY
    WITH ended AS (
        UPDATE public.office_disclosure d SET recalled_at = public.office_now()
        WHERE d.consent_id = consent AND d.recalled_at IS NULL
        RETURNING d.id, d.recipient_id, d.opened_at
    ), told AS (
        INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
        SELECT gen_random_uuid(), e.recipient_id, 'consent_withdrawn', e.id, '', public.office_now() FROM ended e
    )
    SELECT e.id, e.recipient_id, e.opened_at FROM ended e,
        LATERAL public.office_owe_line(e.recipient_id, 'office.recall', e.id, c.person_id, '{}') owed;
END $$;

-- End one disclosure, whatever its basis: its package goes dark at once. The owner's to say (taken back, recalled), or
-- the recipient's (declined); once ended it stays so. `tell` leaves the recipient the notice to stop using the data, and
-- a line in its log.
CREATE FUNCTION office_end_share(disclosure uuid, tell boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    d public.office_disclosure;
BEGIN
    SELECT * INTO d FROM public.office_disclosure WHERE id = disclosure FOR UPDATE;
    IF desk IS NULL OR d.id IS NULL OR d.recipient_id <> desk AND NOT EXISTS (
        SELECT FROM public.office_reach r WHERE r.object_id = d.person_id AND r.agency_id = desk AND r.ground = 'owner') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the two sides of a disclosure end it';
    END IF;
    UPDATE public.office_reach SET until = public.office_now()
    WHERE kind IN ('package', 'guardian') AND ground = d.id::text AND until > public.office_now();
    UPDATE public.office_disclosure SET recalled_at = public.office_now() WHERE id = d.id AND recalled_at IS NULL;
    IF FOUND AND tell THEN
        INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
        VALUES (gen_random_uuid(), d.recipient_id, 'data_recalled', d.id, '', public.office_now());
        PERFORM public.office_owe_line(d.recipient_id, 'office.data_recalled', d.id, d.person_id, '{}');
    END IF;
END $$;

-- The recipient has opened a package: from now on it cannot be called back unread.
CREATE FUNCTION office_opened(disclosure uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.office_disclosure SET opened_at = public.office_now()
    WHERE id = disclosure AND opened_at IS NULL AND recipient_id = public.office_desk()
$$;

-- Break the glass: a reason (sealed), three hours, reading only, the owner told; at most 20 tries a day a member. An unknown code
-- opens nothing and counts: it returns null and raises nothing, or the count would be undone with it.
CREATE TABLE office_emergencytry (
    member_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX office_emergencytry_member ON office_emergencytry (member_id, at);
CREATE FUNCTION office_open_emergency(file_code text, why bytea) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    p public.office_person;
    opening uuid := gen_random_uuid();
BEGIN
    IF desk IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no desk: this member reaches no files';
    END IF;
    -- What is sealed is never shorter (a Fernet token).
    IF length(why) < 100 THEN
        RAISE check_violation USING MESSAGE = 'write the reason first, in a sentence';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(public.office_me()::text, 2));
    IF (SELECT count(*) FROM public.office_emergencytry t
        WHERE t.member_id = public.office_me() AND t.at > public.office_now() - interval '1 day') >= 20 THEN
        RAISE SQLSTATE '54000' USING MESSAGE = 'more than 20 tries in a day: speak to your data protection officer';
    END IF;
    INSERT INTO public.office_emergencytry (member_id, at) VALUES (public.office_me(), public.office_now());
    SELECT * INTO p FROM public.office_person WHERE code = file_code;
    IF p.id IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.office_emergencyopening
        (id, person_id, owner_id, opener_id, member_id, reason, opened_at, until, review)
    VALUES (opening, p.id, p.agency_id, desk, public.office_me(), why, public.office_now(),
            public.office_now() + interval '3 hours', '');
    INSERT INTO public.office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at)
    VALUES (gen_random_uuid(), desk, p.id, 'person', false, public.office_now() + interval '3 hours', opening::text,
            public.office_now());
    INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
    VALUES (gen_random_uuid(), p.agency_id, 'emergency_opened', p.id, '', public.office_now());
    PERFORM public.office_owe_line(p.agency_id, 'office.emergency_opened', p.id, p.id, jsonb_build_object('opener', desk));
    RETURN p.id;
END $$;

-- Search before create. Own files come back; where another agency keeps a match it is asked to make contact, and the
-- searcher learns nothing of it. At most 60 an hour a member, of 20 keys each.
CREATE FUNCTION office_search(tokens bytea[], why bytea) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    desk uuid := public.office_desk();
    me uuid := public.office_me();
BEGIN
    IF desk IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no desk: this member reaches no files';
    END IF;
    IF cardinality(tokens) > 20 THEN
        RAISE program_limit_exceeded USING MESSAGE = 'more than 20 keys in a search';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(me::text, 1));
    IF (SELECT count(*) FROM public.office_search s
        WHERE s.member_id = me AND s.at > public.office_now() - interval '1 hour') >= 60 THEN
        RAISE check_violation USING MESSAGE = 'more than 60 searches in an hour: wait, or ask your data protection officer';
    END IF;
    INSERT INTO public.office_search (id, agency_id, member_id, at, reason)
    VALUES (gen_random_uuid(), desk, me, public.office_now(), why);
    INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
    SELECT gen_random_uuid(), hit.agency_id, 'make_contact', hit.person_id, desk::text, public.office_now()
    FROM (SELECT DISTINCT t.agency_id, t.person_id FROM public.office_blindtoken t
          WHERE t.token = ANY (tokens) AND t.agency_id <> desk) hit
    WHERE NOT EXISTS (SELECT FROM public.office_notice n
                      WHERE n.agency_id = hit.agency_id AND n.kind = 'make_contact' AND n.about_id = hit.person_id
                        AND n.text = desk::text AND n.at > public.office_now() - interval '1 day');
    RETURN QUERY SELECT DISTINCT t.person_id FROM public.office_blindtoken t
                 WHERE t.token = ANY (tokens) AND t.agency_id = desk;
END $$;

-- Leave a notice with an agency. Its time is the clock's, its text an id at most. Kinds that other functions leave
-- themselves (make_contact, consent_withdrawn, data_recalled, emergency_opened, concern_received) nobody leaves by hand.
CREATE FUNCTION office_notify(agency uuid, kind text, about uuid, text text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE own uuid := public.office_my_agency();
BEGIN
    IF own IS NULL OR NOT EXISTS (SELECT FROM public.office_agency a
                                  WHERE a.id = office_notify.agency AND a.kind <> 'migration_enforcement') THEN
        RAISE insufficient_privilege USING MESSAGE = 'no notice goes there from here';
    END IF;
    IF NOT coalesce(
        (office_notify.kind IN ('referral_received', 'referral_answered', 'referral_overdue', 'guardian_asked',
                                'guardian_overdue', 'guardian_appointed', 'safety')
         OR office_notify.agency = own AND office_notify.kind IN ('consent_ends', 'rights'))
        AND (office_notify.text IN ('', own::text) OR office_notify.agency = own
             AND office_notify.text ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'), false) THEN
        RAISE check_violation USING MESSAGE = 'this is no notice that a member may leave';
    END IF;
    INSERT INTO public.office_notice (id, agency_id, kind, about_id, text, at)
    VALUES (gen_random_uuid(), office_notify.agency, office_notify.kind, about, office_notify.text, public.office_now());
END $$;

-- The agency whose members the member may appoint, dismiss and let in again: its administrator.
CREATE FUNCTION office_administered() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM public.office_member m JOIN public.office_agency a ON a.id = m.agency_id
    WHERE m.id = public.office_me() AND m.is_active AND a.kind <> 'migration_enforcement' AND 'administrator' = ANY (m.roles)
$$;

-- An administrator appoints a member of the own agency. Roles that reach files are given here and nowhere else.
CREATE FUNCTION office_appoint(new_id uuid, new_username text, new_name text, new_roles varchar[], new_password text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE own uuid := public.office_administered();
BEGIN
    IF own IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an administrator of the agency appoints its members';
    END IF;
    IF new_roles IS NULL OR new_roles = '{}' OR 'co_ordinator' = ANY (new_roles)
       AND NOT EXISTS (SELECT FROM public.office_agency WHERE id = own AND kind = 'national_co_ordinator') THEN
        RAISE check_violation USING MESSAGE = 'these roles do not belong to the agency';
    END IF;
    INSERT INTO public.office_member
        (id, password, username, name, email, agency_id, roles, kind, is_active, joined_at, must_change_password)
    VALUES (new_id, new_password, new_username, new_name, '', own, new_roles, 'person', true, public.office_now(), true);
END $$;

CREATE FUNCTION office_dismiss(member uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.office_member m SET is_active = false
    WHERE m.id = member AND m.agency_id = public.office_administered() AND m.kind = 'person';
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an administrator of the agency dismisses its members';
    END IF;
END $$;

-- A member who lost password or second factor is let in again by the own administrator: a new first password, no factor.
CREATE FUNCTION office_renew(member uuid, new_password text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.office_member m SET password = new_password, must_change_password = true
    WHERE m.id = member AND m.agency_id = public.office_administered() AND m.kind = 'person' AND m.is_active;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an administrator of the agency lets its members in again';
    END IF;
    DELETE FROM public.mfa_authenticator WHERE user_id = member;
END $$;

-- At sign-in nobody has a pass yet, so a second factor's use must be written without one; nothing else of it may be, and a
-- recovery code that was used stays used.
CREATE FUNCTION office_guard_factor() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.type <> OLD.type OR NEW.created_at <> OLD.created_at THEN
        RAISE insufficient_privilege USING MESSAGE = 'a second factor does not change hands';
    END IF;
    IF public.office_me() IS DISTINCT FROM OLD.user_id
       AND (NEW.data - 'used_mask' <> OLD.data - 'used_mask' OR NEW.data ? 'used_mask' <> OLD.data ? 'used_mask'
            OR coalesce((NEW.data ->> 'used_mask')::bigint & (OLD.data ->> 'used_mask')::bigint
                        <> (OLD.data ->> 'used_mask')::bigint, NEW.data ->> 'used_mask' IS DISTINCT FROM OLD.data ->> 'used_mask')) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a second factor is changed by its member alone';
    END IF;
    RETURN NEW;
END $$;

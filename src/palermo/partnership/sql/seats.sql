-- No two hold the same single post on one day, unless both are said to share it. No contrib extension is at hand for "="
-- in an exclusion constraint; two ranges that hold one number each overlap exactly when the numbers are equal. The number
-- is a hash of 64 bits: among 100,000 designations two seats meet falsely with a probability of 3 in 10,000 million.
ALTER TABLE partnership_designation ADD CONSTRAINT partnership_designation_seat EXCLUDE USING gist (
    int8range(
        hashtextextended(office_id::text || '/' || post || '/' || state || coalesce(organisation_id::text, ''), 0),
        hashtextextended(office_id::text || '/' || post || '/' || state || coalesce(organisation_id::text, ''), 0), '[]')
        WITH &&,
    daterange(since, until, '[]') WITH &&,
    -- Who shares is in the way of everybody but those who share too; who does not, of everybody.
    (CASE WHEN shared THEN int8range(hashtextextended(id::text, 0), hashtextextended(id::text, 0), '[]')
        ELSE int8range(NULL, NULL) END) WITH &&
) WHERE (post IN ('co_ordinator', 'rapporteur'));

-- SEQUENCE of an event rises with every change, as that of a visit does (sql/visits.sql). Runs as palermo_owner.
CREATE TRIGGER partnership_event_rise BEFORE UPDATE ON partnership_event
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION partnership_rise();

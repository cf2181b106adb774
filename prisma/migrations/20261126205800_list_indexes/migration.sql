-- What the lists of schedules and of the audit go by.
CREATE INDEX schedule_by_age ON schedule (created_at, id);
CREATE INDEX schedule_by_flow ON schedule (flow_id);
CREATE INDEX audit_by_actor ON audit (actor_id, seq);
CREATE INDEX audit_by_target ON audit (target_id);
-- Few flows may be published of many, or many of few.
CREATE INDEX flow_published ON flow (updated_at DESC, id DESC) WHERE archived_at IS NULL AND published_number IS NOT NULL;
-- A search for runs goes through the names of schedules too.
DO $$
BEGIN
  CREATE INDEX schedule_words ON schedule USING gin (name gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm is not there: %', SQLERRM;
END $$;

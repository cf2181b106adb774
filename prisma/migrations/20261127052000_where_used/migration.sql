-- AlterTable
ALTER TABLE "flow" ADD COLUMN     "usage_draft_seq" INTEGER,
ADD COLUMN     "usage_published" INTEGER;

-- AlterTable
ALTER TABLE "tool" ADD COLUMN     "description" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "usage" (
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("kind","name","user_id","place")
);

-- CreateIndex
CREATE INDEX "usage_user_id_idx" ON "usage"("user_id");

-- Flows of which somebody has still to read what they use: all of them at first, later those that were just edited.
CREATE INDEX flow_usage_due ON flow (id)
  WHERE usage_draft_seq IS DISTINCT FROM draft_seq OR usage_published IS DISTINCT FROM published_number;
-- What the lists of people, invitations and API keys go by.
CREATE INDEX user_by_age ON "user" (created_at, id);
CREATE INDEX user_by_role ON "user" (role, created_at, id);
CREATE INDEX invite_open ON invite (created_at DESC, id DESC) WHERE used_at IS NULL;
CREATE INDEX apikey_of_owner ON apikey (reference_id, created_at DESC, id DESC);
-- What tools say of themselves, and the secrets that they name. A component that the database cannot read stays as it is.
DO $$
BEGIN
  UPDATE tool SET description = coalesce(component::json ->> 'description', '');
  INSERT INTO usage (kind, name, place, user_id)
    SELECT DISTINCT 'secret', header.value ->> '$component_ref', 'tool', tool.id
    FROM tool CROSS JOIN LATERAL json_each(component::json -> 'sensitive_headers') AS header
    WHERE kind = 'web' AND header.value ->> '$component_ref' IS NOT NULL;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'a tool cannot be read: %', SQLERRM;
END $$;
DO $$
BEGIN
  CREATE INDEX tool_words ON tool USING gin ((name || ' ' || description) gin_trgm_ops);
  CREATE INDEX secret_words ON secret USING gin (name gin_trgm_ops);
  CREATE INDEX user_words ON "user" USING gin ((name || ' ' || email) gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm is not there: %', SQLERRM;
END $$;

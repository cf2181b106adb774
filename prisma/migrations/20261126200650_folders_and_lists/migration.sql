-- AlterTable
ALTER TABLE "flow" ADD COLUMN     "folder_id" UUID,
ADD COLUMN     "removed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "flow_folder" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_folder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "flow_folder_scope_kind_scope_id_name_key" ON "flow_folder"("scope_kind", "scope_id", "name");

-- AddForeignKey
ALTER TABLE "flow" ADD CONSTRAINT "flow_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "flow_folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What lists go by. Flows: the newest work first, or by name, in a folder or not.
CREATE INDEX flow_by_change ON flow (updated_at DESC, id DESC) WHERE archived_at IS NULL;
CREATE INDEX flow_by_name ON flow (lower(name), id) WHERE archived_at IS NULL;
CREATE INDEX flow_by_folder ON flow (folder_id, updated_at DESC, id DESC) WHERE archived_at IS NULL;
CREATE INDEX flow_by_creator ON flow (created_by, updated_at DESC, id DESC) WHERE archived_at IS NULL;
CREATE INDEX flow_put_away ON flow (updated_at DESC, id DESC) WHERE archived_at IS NOT NULL;
-- Reviews: those of a flow, and those that somebody decided.
CREATE INDEX review_by_age ON review (created_at, id);
CREATE INDEX review_open_by_age ON review (created_at, id) WHERE state = 'open';
CREATE INDEX review_by_flow ON review (flow_id, created_at, id);
CREATE INDEX review_decided_by ON review (decided_by, created_at, id) WHERE decided_by IS NOT NULL;
DROP INDEX review_open;

-- A part of a word is found by trigrams where the database has them; without them a search reads the whole table.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX flow_words ON flow USING gin ((name || ' ' || slug || ' ' || description) gin_trgm_ops);
  CREATE INDEX review_words ON review USING gin ((title || ' ' || flow_name) gin_trgm_ops);
  CREATE INDEX audit_words ON audit USING gin ((target_name || ' ' || actor_name || ' ' || action) gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm is not there: %', SQLERRM;
END $$;

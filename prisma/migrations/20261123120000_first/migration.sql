-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "apikey" (
    "id" TEXT NOT NULL,
    "config_id" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "prefix" TEXT,
    "reference_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "refill_interval" INTEGER,
    "refill_amount" INTEGER,
    "last_refill_at" TIMESTAMPTZ(3),
    "enabled" BOOLEAN DEFAULT true,
    "rate_limit_enabled" BOOLEAN DEFAULT false,
    "rate_limit_time_window" INTEGER,
    "rate_limit_max" INTEGER,
    "request_count" INTEGER DEFAULT 0,
    "remaining" INTEGER,
    "last_request" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "apikey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" TEXT,

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "draft_text" TEXT NOT NULL,
    "source_text" TEXT NOT NULL,
    "draft_seq" INTEGER NOT NULL DEFAULT 0,
    "published_number" INTEGER,
    "mcp_tool" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_edit" (
    "flow_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "label" TEXT NOT NULL,
    "commands" TEXT NOT NULL,
    "inverse" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'edit',
    "of" INTEGER,

    CONSTRAINT "flow_edit_pkey" PRIMARY KEY ("flow_id","seq")
);

-- CreateTable
CREATE TABLE "flow_document" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "flow_document_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "flow_version" (
    "flow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "document_hash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "published_by" TEXT NOT NULL,
    "published_by_name" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_version_pkey" PRIMARY KEY ("flow_id","number")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "flow_id" UUID,
    "flow_name" TEXT NOT NULL,
    "version_number" INTEGER,
    "document_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "waits" TEXT,
    "next_seq" INTEGER NOT NULL DEFAULT 0,
    "holder" UUID,
    "wake_at" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "cancel_by" TEXT,
    "woken" BOOLEAN NOT NULL DEFAULT false,
    "queued_at" TIMESTAMPTZ(3),
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "start_key" TEXT,
    "inputs" TEXT NOT NULL,
    "outputs" TEXT,
    "error" TEXT,
    "steps_done" INTEGER NOT NULL DEFAULT 0,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_answer" (
    "run_id" UUID NOT NULL,
    "wait_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_answer_pkey" PRIMARY KEY ("run_id","wait_id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "wait_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "flow_id" UUID,
    "flow_name" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "arguments" TEXT NOT NULL,
    "form_hash" TEXT NOT NULL,
    "values_hash" TEXT NOT NULL,
    "outputs" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decision" TEXT,
    "answer" TEXT,
    "answer_hash" TEXT,
    "decided_by" TEXT,
    "decided_by_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "server" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "lock_key" SERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "flow_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "inputs" TEXT NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_fire_at" TIMESTAMPTZ(3),
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule_fire" (
    "schedule_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL,
    "run_id" UUID,
    "reason" TEXT,

    CONSTRAINT "schedule_fire_pkey" PRIMARY KEY ("schedule_id","due_at")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_name" TEXT NOT NULL DEFAULT '',
    "outcome" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "apikey_key_idx" ON "apikey"("key");

-- CreateIndex
CREATE INDEX "apikey_reference_id_idx" ON "apikey"("reference_id");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "flow_slug_key" ON "flow"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "flow_mcp_tool_key" ON "flow"("mcp_tool");

-- CreateIndex
CREATE INDEX "run_flow_id_created_at_idx" ON "run"("flow_id", "created_at");

-- CreateIndex
CREATE INDEX "run_created_at_idx" ON "run"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_flow_id_start_key_key" ON "run"("flow_id", "start_key");

-- CreateIndex
CREATE INDEX "review_state_created_at_idx" ON "review"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "review_run_id_wait_id_key" ON "review"("run_id", "wait_id");

-- CreateIndex
CREATE INDEX "schedule_enabled_next_fire_at_idx" ON "schedule"("enabled", "next_fire_at");

-- CreateIndex
CREATE UNIQUE INDEX "secret_scope_kind_scope_id_name_key" ON "secret"("scope_kind", "scope_id", "name");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- CreateIndex
CREATE INDEX "audit_action_idx" ON "audit"("action");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_edit" ADD CONSTRAINT "flow_edit_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_version" ADD CONSTRAINT "flow_version_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_fire" ADD CONSTRAINT "schedule_fire_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows Prisma has no words for.

-- The journal: one row an append. Partitioned by range on the run's id (UUIDv7: its first 48 bits are the time), so
-- that an old month is dropped in milliseconds. `json`, not jsonb: jsonb refuses \u0000 and forgets the order of keys.
CREATE TABLE run_journal (
    run_id UUID NOT NULL,
    first_seq INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    events JSON NOT NULL,
    at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    CONSTRAINT run_journal_pkey PRIMARY KEY (run_id, first_seq)
) PARTITION BY RANGE (run_id);

CREATE TABLE run_journal_other PARTITION OF run_journal DEFAULT;

-- The smallest UUIDv7 of a moment.
CREATE FUNCTION rondo_first_uuid(moment TIMESTAMPTZ) RETURNS UUID LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes the partitions of this month and of the months that follow, where they are missing.
CREATE FUNCTION rondo_make_partitions(ahead INTEGER) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month TIMESTAMPTZ;
    following TIMESTAMPTZ;
    partition TEXT;
BEGIN
    FOR n IN 0..ahead LOOP
        month := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n)) AT TIME ZONE 'UTC';
        following := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n + 1)) AT TIME ZONE 'UTC';
        partition := 'run_journal_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF run_journal FOR VALUES FROM (%L) TO (%L)',
                partition, rondo_first_uuid(month), rondo_first_uuid(following));
        END IF;
    END LOOP;
END
$$;

SELECT rondo_make_partitions(3);

-- What the sweeps read: only runs that live.
CREATE INDEX run_queued ON run (queued_at) WHERE state = 'queued';
CREATE INDEX run_running ON run (holder) WHERE state = 'running';
CREATE INDEX run_wake ON run (wake_at) WHERE state = 'waiting' AND wake_at IS NOT NULL;
CREATE INDEX run_waiting ON run (created_at) WHERE state = 'waiting';
CREATE INDEX review_open ON review (created_at) WHERE state = 'open';
CREATE INDEX schedule_due ON schedule (next_fire_at) WHERE enabled AND next_fire_at IS NOT NULL;

-- A run's row is written a few times in its life; room on the page keeps those writes cheap.
ALTER TABLE run SET (fillfactor = 80);

-- G3: a terminal state never changes.
CREATE FUNCTION rondo_refuse_terminal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Run % has ended (%) and cannot become %.', OLD.number, OLD.state, NEW.state
        USING ERRCODE = 'RN003';
END
$$;
CREATE TRIGGER run_terminal_is_final BEFORE UPDATE ON run FOR EACH ROW
    WHEN (OLD.state IN ('succeeded', 'failed', 'cancelled') AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION rondo_refuse_terminal_change();

-- G2: a version, and the text that it names by its hash, never change.
CREATE FUNCTION rondo_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A row of % never changes.', TG_TABLE_NAME USING ERRCODE = 'RN002';
END
$$;
CREATE TRIGGER flow_version_is_immutable BEFORE UPDATE OR DELETE ON flow_version FOR EACH ROW
    EXECUTE FUNCTION rondo_refuse_change();
CREATE TRIGGER flow_document_is_immutable BEFORE UPDATE ON flow_document FOR EACH ROW
    EXECUTE FUNCTION rondo_refuse_change();

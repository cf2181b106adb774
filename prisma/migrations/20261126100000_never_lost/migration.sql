-- DropIndex
DROP INDEX "run_flow_id_created_at_idx";

-- DropIndex
DROP INDEX "run_created_at_idx";

-- DropIndex
DROP INDEX "run_flow_id_start_key_key";

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "queue_paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "queue_paused_by" TEXT,
ADD COLUMN     "settings" TEXT NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "flow" ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_by" TEXT,
ADD COLUMN     "settings" TEXT NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "admitted_at" TIMESTAMPTZ(3),
ADD COLUMN     "deadline_at" TIMESTAMPTZ(3),
ADD COLUMN     "gated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "hold" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "limit_key" TEXT,
ADD COLUMN     "origin_id" UUID,
ADD COLUMN     "parent_run_id" UUID,
ADD COLUMN     "parent_wait_id" TEXT,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_by" TEXT,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "retry_of" UUID,
ADD COLUMN     "start_key_until" TIMESTAMPTZ(3),
ADD COLUMN     "takeovers" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "values_removed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "server" ADD COLUMN     "draining" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "load" TEXT NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN     "anchor_at" TIMESTAMPTZ(3),
ADD COLUMN     "every_seconds" INTEGER,
ADD COLUMN     "first_day" TEXT,
ADD COLUMN     "jitter_seconds" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'cron',
ADD COLUMN     "last_day" TEXT,
ADD COLUMN     "missed" TEXT NOT NULL DEFAULT 'latest',
ADD COLUMN     "missed_most" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "next_make_at" TIMESTAMPTZ(3),
ADD COLUMN     "overlap" TEXT NOT NULL DEFAULT 'run',
ALTER COLUMN "cron" SET DEFAULT '';

-- AlterTable
ALTER TABLE "schedule_fire" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'due';

-- CreateTable
CREATE TABLE "run_end" (
    "run_id" UUID NOT NULL,
    "flow_id" UUID,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_end_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "bulk" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "filter" TEXT NOT NULL,
    "options" TEXT NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "cursor" UUID,
    "state" TEXT NOT NULL DEFAULT 'working',
    "last_error" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "named_event" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "payload" TEXT NOT NULL,
    "sent_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "named_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_wait" (
    "run_id" UUID NOT NULL,
    "wait_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "event_wait_pkey" PRIMARY KEY ("run_id","wait_id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "flow_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "verify" TEXT NOT NULL DEFAULT 'standard',
    "ciphertext" BYTEA,
    "old_ciphertext" BYTEA,
    "old_until" TIMESTAMPTZ(3),
    "config" TEXT NOT NULL DEFAULT '{}',
    "dropped" INTEGER NOT NULL DEFAULT 0,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "delivery_key" TEXT,
    "fingerprint" TEXT,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "run_id" UUID,
    "headers" TEXT NOT NULL DEFAULT '{}',
    "query" TEXT NOT NULL DEFAULT '',
    "body" BYTEA,
    "again_of" UUID,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "start_form" (
    "id" UUID NOT NULL,
    "flow_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "intro" TEXT NOT NULL DEFAULT '',
    "token" TEXT NOT NULL,
    "sign_in" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "used" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "start_form_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_link" (
    "id" UUID NOT NULL,
    "source_flow_id" UUID NOT NULL,
    "target_flow_id" UUID NOT NULL,
    "states" TEXT NOT NULL DEFAULT 'succeeded',
    "filter" TEXT NOT NULL DEFAULT '',
    "mapping" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_link_fire" (
    "link_id" UUID NOT NULL,
    "source_run_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "run_id" UUID,

    CONSTRAINT "flow_link_fire_pkey" PRIMARY KEY ("link_id","source_run_id")
);

-- CreateTable
CREATE TABLE "blob" (
    "hash" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "storage" TEXT NOT NULL,
    "place" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "blob_chunk" (
    "place" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "blob_chunk_pkey" PRIMARY KEY ("place","n")
);

-- CreateTable
CREATE TABLE "run_blob" (
    "run_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "run_blob_pkey" PRIMARY KEY ("run_id","hash")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "run_id" UUID,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_rule" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "flow_id" UUID,
    "kinds" TEXT NOT NULL,
    "channels" TEXT NOT NULL,
    "webhook_url" TEXT,
    "webhook_ciphertext" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "happening" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "flow_id" UUID,
    "run_id" UUID,
    "details" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "gathered_at" TIMESTAMPTZ(3),

    CONSTRAINT "happening_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "flow_id" UUID,
    "group_key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "details" TEXT NOT NULL DEFAULT '[]',
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "in_app" BOOLEAN NOT NULL DEFAULT true,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_sending" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "rule_id" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "gave_up_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "notification_sending_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "run_end_at_idx" ON "run_end"("at");

-- CreateIndex
CREATE INDEX "bulk_state_created_at_idx" ON "bulk"("state", "created_at");

-- CreateIndex
CREATE INDEX "named_event_name_key_at_idx" ON "named_event"("name", "key", "at");

-- CreateIndex
CREATE INDEX "named_event_expires_at_idx" ON "named_event"("expires_at");

-- CreateIndex
CREATE INDEX "event_wait_name_key_idx" ON "event_wait"("name", "key");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_token_key" ON "webhook"("token");

-- CreateIndex
CREATE INDEX "webhook_flow_id_idx" ON "webhook"("flow_id");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_at_idx" ON "webhook_delivery"("webhook_id", "at");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_delivery_key_idx" ON "webhook_delivery"("webhook_id", "delivery_key");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_fingerprint_idx" ON "webhook_delivery"("webhook_id", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "start_form_token_key" ON "start_form"("token");

-- CreateIndex
CREATE INDEX "start_form_flow_id_idx" ON "start_form"("flow_id");

-- CreateIndex
CREATE INDEX "flow_link_source_flow_id_idx" ON "flow_link"("source_flow_id");

-- CreateIndex
CREATE INDEX "flow_link_target_flow_id_idx" ON "flow_link"("target_flow_id");

-- CreateIndex
CREATE INDEX "flow_link_fire_run_id_idx" ON "flow_link_fire"("run_id");

-- CreateIndex
CREATE INDEX "run_blob_hash_idx" ON "run_blob"("hash");

-- CreateIndex
CREATE INDEX "stored_file_run_id_idx" ON "stored_file"("run_id");

-- CreateIndex
CREATE INDEX "stored_file_hash_idx" ON "stored_file"("hash");

-- CreateIndex
CREATE INDEX "notification_rule_user_id_idx" ON "notification_rule"("user_id");

-- CreateIndex
CREATE INDEX "notification_user_id_last_at_idx" ON "notification"("user_id", "last_at");

-- CreateIndex
CREATE UNIQUE INDEX "notification_sending_notification_id_channel_rule_id_key" ON "notification_sending"("notification_id", "channel", "rule_id");

-- CreateIndex
CREATE INDEX "run_flow_id_id_idx" ON "run"("flow_id", "id");

-- CreateIndex
CREATE INDEX "run_actor_id_id_idx" ON "run"("actor_id", "id");

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "start_form" ADD CONSTRAINT "start_form_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_link_fire" ADD CONSTRAINT "flow_link_fire_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "flow_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows Prisma has no words for.

-- Only runs with a key pay for the key.
CREATE UNIQUE INDEX run_start_key ON run (flow_id, start_key) WHERE start_key IS NOT NULL;

-- What is taken next: the runs of a flow by rank. `gated` and paused runs are not taken.
DROP INDEX run_queued;
CREATE INDEX run_queued ON run (flow_id, priority DESC, queued_at) WHERE state = 'queued' AND NOT gated AND paused_at IS NULL;
CREATE INDEX run_gated ON run (flow_id, priority DESC, id) WHERE state = 'queued' AND gated;
-- What the limits of a flow count.
CREATE INDEX run_live ON run (flow_id, limit_key) WHERE state IN ('queued', 'running', 'waiting') AND NOT gated;
CREATE INDEX run_admitted ON run (flow_id, admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX run_deadline ON run (deadline_at) WHERE state IN ('queued', 'running', 'waiting') AND deadline_at IS NOT NULL;
CREATE INDEX run_children ON run (parent_run_id) WHERE parent_run_id IS NOT NULL;
CREATE INDEX run_origin ON run (origin_id, id) WHERE origin_id IS NOT NULL;
CREATE INDEX run_retries ON run (retry_of) WHERE retry_of IS NOT NULL;
-- Lists by state: most runs succeed, and a list of those reads the newest of all.
CREATE INDEX run_by_state ON run (state, id) WHERE state <> 'succeeded';
-- Numbers are given in the order in which rows are written: a coarse index finds them, and costs a start nothing.
CREATE INDEX run_number ON run USING brin (number) WITH (pages_per_range = 16, autosummarize = on);
-- By what started it: programs start most, and a list of those reads the newest of all.
CREATE INDEX run_by_trigger ON run (trigger, id) WHERE trigger <> 'http';
CREATE INDEX run_by_flow_state ON run (flow_id, state, id) WHERE state <> 'succeeded';

DROP INDEX schedule_due;
CREATE INDEX schedule_due ON schedule (next_make_at) WHERE enabled AND next_make_at IS NOT NULL;
UPDATE schedule SET next_make_at = next_fire_at;

CREATE UNIQUE INDEX notification_open ON notification (user_id, group_key) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX notification_rule_one ON notification_rule (user_id, flow_id) NULLS NOT DISTINCT;
CREATE INDEX notification_unread ON notification (user_id) WHERE in_app AND read_at IS NULL;
CREATE INDEX happening_new ON happening (at) WHERE gathered_at IS NULL;
-- What a schedule missed, among the many fires that were made.
CREATE INDEX schedule_fire_missed ON schedule_fire (done_at) WHERE outcome <> 'run';
CREATE INDEX notification_sending_due ON notification_sending (next_at) WHERE sent_at IS NULL AND gave_up_at IS NULL;

-- The oldest version of the product that may work on this database. An older process stops with a word.
CREATE TABLE compatibility (
    id INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    least_version TEXT NOT NULL
);
INSERT INTO compatibility (least_version) VALUES ('0.2.0');

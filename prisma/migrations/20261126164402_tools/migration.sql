-- CreateTable
CREATE TABLE "tool" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tool_scope_kind_scope_id_name_key" ON "tool"("scope_kind", "scope_id", "name");

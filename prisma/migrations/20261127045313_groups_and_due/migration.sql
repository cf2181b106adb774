-- AlterTable
ALTER TABLE "review" ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "for_groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "for_people" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "person_group" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope_kind" TEXT NOT NULL DEFAULT 'workspace',
    "scope_id" TEXT NOT NULL DEFAULT 'workspace',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_group_member" (
    "group_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "person_group_member_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_group_scope_kind_scope_id_name_key" ON "person_group"("scope_kind", "scope_id", "name");

-- CreateIndex
CREATE INDEX "person_group_member_user_id_idx" ON "person_group_member"("user_id");

-- AddForeignKey
ALTER TABLE "person_group_member" ADD CONSTRAINT "person_group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "person_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_group_member" ADD CONSTRAINT "person_group_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Few of many open reviews may be for somebody, or be due.
CREATE INDEX review_for_people ON review USING gin (for_people) WHERE state = 'open';
CREATE INDEX review_for_groups ON review USING gin (for_groups) WHERE state = 'open';
CREATE INDEX review_due ON review (due_at) WHERE state = 'open' AND due_at IS NOT NULL;

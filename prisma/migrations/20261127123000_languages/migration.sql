-- AlterTable
ALTER TABLE "user" ADD COLUMN     "language" TEXT;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "subject" TEXT;

-- AlterTable
ALTER TABLE "webhook_delivery" ADD COLUMN     "reason_said" TEXT;

-- AlterTable
ALTER TABLE "flow_link_fire" ADD COLUMN     "reason_said" TEXT;

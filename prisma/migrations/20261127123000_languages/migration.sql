-- AlterTable
ALTER TABLE "user" ADD COLUMN     "language" TEXT;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "subject" TEXT;

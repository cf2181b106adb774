-- AlterTable: events and runs are put in order by the numbers of runs, not by clocks
ALTER TABLE "named_event" ADD COLUMN "after_run" BIGINT;

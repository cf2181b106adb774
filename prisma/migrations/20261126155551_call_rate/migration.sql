-- CreateTable (unlogged: it is written at every call, and a crash may forget it)
CREATE UNLOGGED TABLE "call_rate" (
    "key" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "call_rate_pkey" PRIMARY KEY ("key")
);

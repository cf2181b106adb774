/** The run is no longer ours: another process went on with it, or it has ended. Whoever gets this stops quietly. */
export class FencedError extends Error {
  readonly runId: string;
  constructor(runId: string) {
    super(`Run ${runId} is held by another process, or has ended.`);
    this.runId = runId;
  }
}

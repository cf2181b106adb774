import { type EnginePorts, Outage } from '../engine/ports.ts';
import { isLostConnection } from '../store/lostConnection.ts';

/**
 * The ports of a run, so that a database that is away fails no step: what reaches for it throws an `Outage`, the
 * segment breaks off, and whoever takes the run makes the call again with the same key.
 */
export function survivingOutages(ports: EnginePorts): EnginePorts {
  const { startChild, files, boundTool } = ports;
  return {
    ...ports,
    resolve: (ref) => guarded(ports.resolve(ref)),
    ...(boundTool && { boundTool: (name) => guarded(boundTool(name)) }),
    ...(startChild && { startChild: (request) => guarded(startChild(request)) }),
    ...(files && {
      files: {
        open: (ref) => guarded(files.open(ref)),
        save: (file) => guarded(files.save(file)),
      },
    }),
  };
}

function guarded<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw isLostConnection(error) ? new Outage(error) : error;
  });
}

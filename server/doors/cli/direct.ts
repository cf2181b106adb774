import { userInfo } from 'node:os';
import { type Caller, localCaller } from '../../access/caller.ts';
import { type Config, readConfig } from '../../config.ts';
import { openRooms, type Rooms } from '../../rooms.ts';
import { CommandError, type Output, say } from './output.ts';

/**
 * Does something with the data of this installation, without its server: on the database that is named, or on the
 * embedded one, which is started for as long as it takes when it does not run.
 */
export async function withRooms<T>(
  output: Output,
  runsFlows: boolean,
  work: (rooms: Rooms, caller: Caller, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  const rooms = await openRooms(config, {
    kind: 'command',
    runsFlows,
    onProgress: output.json ? undefined : say,
  });
  try {
    return await work(rooms, localCaller(`${userInfo().username} on the command line`), config);
  } finally {
    await rooms.close();
  }
}

/** The id of a flow by its id or slug. @throws {CommandError} */
export async function flowIdOf(rooms: Rooms, idOrSlug: string): Promise<string> {
  const isId = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(idOrSlug);
  const flow = await rooms.services.prisma.flow.findFirst({
    where: isId ? { id: idOrSlug } : { slug: idOrSlug },
    select: { id: true },
  });
  if (!flow) throw new CommandError(`There is no flow “${idOrSlug}”.`);
  return flow.id;
}

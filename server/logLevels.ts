export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Parts of the server whose log has a level of its own. */
export const logRooms = ['http', 'work', 'runs', 'notify', 'traces', 'live'] as const;
export type LogRoom = (typeof logRooms)[number];

/** How much the log tells: everywhere, and in rooms that differ. */
export interface LogLevels {
  level: string;
  rooms: { [room in LogRoom]?: string };
}

/**
 * Reads `info` or `info,work=debug,http=error`.
 * @throws {Error} that says what is wrong
 */
export function readLogLevels(text: string): LogLevels {
  const levels: LogLevels = { level: 'warn', rooms: {} };
  for (const part of text.split(',').map((one) => one.trim())) {
    const [name = '', level] = part.split('=').map((one) => one.trim());
    if (!logLevels.includes(level ?? name)) throw new Error(`“${level ?? name}” is none of ${logLevels.join(', ')}.`);
    if (level === undefined) levels.level = name;
    else if (isRoom(name)) levels.rooms[name] = level;
    else throw new Error(`“${name}” is none of ${logRooms.join(', ')}.`);
  }
  return levels;
}

function isRoom(name: string): name is LogRoom {
  return (logRooms as readonly string[]).includes(name);
}

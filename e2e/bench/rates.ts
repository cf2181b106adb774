/**
 * `npm run bench -- --rates`: a real server on both queues, beside what one would build from the same parts (a BullMQ
 * job a run, an INSERT a step) and beside the ceiling (nothing stored). They take turns of about a second, so that what
 * else the machine does meets all of them alike; each figure is the median of its turns.
 * `--seconds N` sets how long each rate is measured in all.
 */
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasRedis, startRedis } from '../harness/redis.ts';
import { startOutside } from '../recovery/processes.ts';
import { caller, durations, median, percentile, rate } from './load.ts';
import { openCeiling, openPeer, openServer, type Target } from './targets.ts';

const given = process.argv.indexOf('--seconds');
const seconds = given === -1 ? 6 : Number(process.argv[given + 1]);
if (!(seconds > 0 && seconds <= 30)) throw new Error('--seconds takes a number from 1 to 30.');
const clients = [1, 10, 50];
const turns = 6;
const webCalls = 40;

interface Figures {
  target: Target;
  /** ten steps: clients → runs a second, a turn each */
  rates: Map<number, number[]>;
  /** ten light steps, forty light steps, forty web calls; one client, ms */
  ten: number[];
  forty: number[];
  web: number[];
  /** ms until another process has taken a run; NaN = does not apply */
  pickUp: number;
  /** MB before any load */
  memory: number;
}

function figuresOf(target: Target): Figures {
  return {
    target,
    rates: new Map(clients.map((count) => [count, []])),
    ten: [],
    forty: [],
    web: [],
    pickUp: Number.NaN,
    memory: Number.NaN,
  };
}

/** What the forty web calls take by themselves: the same calls, one after the other, from here. */
async function ownTime(url: string): Promise<number[]> {
  const direct = caller(url, { 'idempotency-key': 'direct' }, { step: 'call0' }, '"ok":true');
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const calls = await durations(direct.call, webCalls);
    times.push(calls.reduce((sum, one) => sum + one, 0));
  }
  await direct.close();
  return times;
}

async function measure(all: Figures[], outsideUrl: string): Promise<number[]> {
  await sleep(4000); // at rest
  for (const figures of all) figures.memory = figures.target.memory();
  for (const { target } of all) {
    await rate(target.ten.call, 10, 2);
    await durations(target.forty.call, 20);
  }
  const own: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    own.push(...(await ownTime(outsideUrl)));
    for (const { target, rates, ten, forty, web } of all) {
      for (const count of clients) rates.get(count)?.push(await rate(target.ten.call, count, seconds / turns));
      ten.push(...(await durations(target.ten.call, 50)));
      forty.push(...(await durations(target.forty.call, 12)));
      if (target.web) web.push(...(await durations(target.web.call, 4)));
    }
  }
  for (const figures of all) if (figures.target.pickUps) figures.pickUp = await figures.target.pickUps();
  return own;
}

const begin = performance.now();
console.log(`Measuring with ${cpus().length} processors; this takes two to three minutes …`);
const redis = hasRedis ? await startRedis() : undefined;
const outside = await startOutside(0);
const top = figuresOf(await openCeiling());
const postgres = figuresOf(await openServer(undefined, outside.url));
const onRedis = redis && figuresOf(await openServer(redis.url, outside.url));
const peer = figuresOf(await openPeer(undefined));
const peerRedis = redis && figuresOf(await openPeer(redis.url));
const all = [postgres, onRedis, peer, peerRedis, top].filter((one) => one !== undefined);
let own: number[] = [];
try {
  own = await measure(all, outside.url);
} finally {
  for (const { target } of all) await target.close();
  await outside.stop();
  await redis?.stop();
}

const shown = (value: number, unit: string, digits = 0) =>
  Number.isFinite(value) ? `${value.toFixed(digits)} ${unit}` : '–';
const perSecond = (figures: Figures, count: number) => figures.rates.get(count) ?? [];
/** Of another one's turns beside it. */
const against = (figures: Figures, other: Figures, count: number) =>
  median(perSecond(figures, count).map((one, turn) => one / (perSecond(other, count)[turn] ?? Number.NaN)));
const peerOf = (figures: Figures) => {
  if (figures === postgres) return peer;
  return figures === onRedis ? peerRedis : undefined;
};
const ofServer = (figures: Figures, value: number) => (peerOf(figures) ? value : Number.NaN);

type Row = [what: string, aim: string, read: (figures: Figures) => string];
const aims = new Map([
  [10, '1500 /s'],
  [50, '2200 /s'],
]);
const rows: Row[] = [
  ...clients.flatMap((count): Row[] => [
    [
      `ten light steps, ${count} client${count > 1 ? 's' : ''}`,
      aims.get(count) ?? '',
      (f) => shown(median(perSecond(f, count)), '/s'),
    ],
    ['  part of the ceiling', count === 1 ? '' : '0.4', (f) => shown(against(f, top, count), '', 2)],
    [
      '  against a job a run, an INSERT a step',
      '5 ×',
      (f) => {
        const other = peerOf(f);
        return other ? shown(against(f, other, count), '×', 1) : '–';
      },
    ],
  ]),
  ['ten light steps, one client, median', '20 ms', (f) => shown(median(f.ten), 'ms', 1)],
  ['  99 of 100 are faster than', '', (f) => shown(percentile(f.ten, 0.99), 'ms', 1)],
  ['forty light steps, one client, median', '40 ms', (f) => shown(median(f.forty), 'ms', 1)],
  [
    `forty web calls, over the ${shown(median(own), 'ms')} of the calls`,
    '35 ms',
    (f) => shown(median(f.web) - median(own), 'ms', 1),
  ],
  ['a worker has taken a run, median', '', (f) => shown(f.pickUp, 'ms')],
  ['memory at rest', '250 MB', (f) => shown(ofServer(f, f.memory), 'MB')],
];
const columns: [string, Figures | undefined][] = [
  ['PostgreSQL', postgres],
  ['Redis', onRedis],
  ['job (PG)', peer],
  ['job (Redis)', peerRedis],
  ['ceiling', top],
];
const line = (cells: string[]) => cells.map((cell, at) => (at === 0 ? cell.padEnd(44) : cell.padStart(12))).join('');
console.log(line(['', 'aim', ...columns.map(([name]) => name)]));
for (const [what, aim, read] of rows) {
  console.log(line([what, aim, ...columns.map(([, figures]) => (figures ? read(figures) : 'no Redis'))]));
}
if (!redis) console.log('There is no redis-server on this machine: the queue in Redis was not measured.');
console.log(`Done in ${((performance.now() - begin) / 1000).toFixed(0)} s.`);

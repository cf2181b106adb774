/**
 * Measures a real server, on both queues, beside the ceiling, and prints a table. They take turns of about a second, so
 * that what else the machine does meets all of them alike; each figure is the median of its turns.
 * `--seconds N` sets how long each rate is measured in all.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis } from '../recovery/processes.ts';
import { durations, median, percentile, rate } from './load.ts';
import { openCeiling, openServer, type Target } from './targets.ts';

const given = process.argv.indexOf('--seconds');
const seconds = given === -1 ? 8 : Number(process.argv[given + 1]);
if (!(seconds > 0 && seconds <= 30)) throw new Error('--seconds takes a number from 1 to 30.');
const clients = 10;
const turns = 6;

interface Figures {
  target: Target;
  /** ten steps, runs a second with ten clients, a turn each */
  rates: number[];
  /** ten steps and forty steps, one client, ms */
  ten: number[];
  forty: number[];
  /** ms until another process has taken a run; NaN = does not apply */
  pickUp: number;
  /** MB before any load, and after it */
  memory: number;
  memoryAfter: number;
}

function figuresOf(target: Target): Figures {
  return { target, rates: [], ten: [], forty: [], pickUp: Number.NaN, memory: Number.NaN, memoryAfter: Number.NaN };
}

async function measure(all: Figures[]): Promise<void> {
  await sleep(4000); // at rest
  for (const figures of all) figures.memory = figures.target.memory();
  for (const { target } of all) {
    await rate(target.ten.call, clients, 2);
    await durations(target.forty.call, 20);
  }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { target, rates, ten, forty } of all) {
      rates.push(await rate(target.ten.call, clients, seconds / turns));
      ten.push(...(await durations(target.ten.call, 50)));
      forty.push(...(await durations(target.forty.call, 12)));
    }
  }
  for (const figures of all) figures.memoryAfter = figures.target.memory();
  for (const figures of all) if (figures.target.pickUps) figures.pickUp = await figures.target.pickUps();
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const begin = performance.now();
console.log(`Measuring with ${cpus().length} processors, ${clients} clients; this takes one to two minutes …`);
const redis = hasRedis ? await startRedis() : undefined;
const top = figuresOf(await openCeiling());
const postgres = figuresOf(await openServer(undefined));
const withRedis = redis ? figuresOf(await openServer(redis.url)) : undefined;
const all = [postgres, ...(withRedis ? [withRedis] : []), top];
try {
  await measure(all);
} finally {
  for (const { target } of all) await target.close();
  await redis?.stop();
}

type Row = [what: string, aim: string, read: (figures: Figures) => string];
const shown = (value: number, unit: string, digits = 0) =>
  Number.isNaN(value) ? '–' : `${value.toFixed(digits)} ${unit}`;
/** Against the ceiling's turn beside it. */
const share = ({ rates }: Figures) => median(rates.map((one, turn) => (100 * one) / (top.rates[turn] ?? Number.NaN)));
const ofServer = (figures: Figures, value: number) => (figures === top ? Number.NaN : value);
const rows: Row[] = [
  [`ten light steps, ${clients} clients`, '1000 /s', (f) => shown(median(f.rates), '/s')],
  ['  best turn', '', (f) => shown(Math.max(...f.rates), '/s')],
  ['  share of the ceiling', '33 %', (f) => shown(share(f), '%')],
  ['ten light steps, one client, median', '20 ms', (f) => shown(median(f.ten), 'ms', 1)],
  ['  99 of 100 are faster than', '', (f) => shown(percentile(f.ten, 0.99), 'ms', 1)],
  ['forty light steps, one client, median', '40 ms', (f) => shown(median(f.forty), 'ms', 1)],
  ['  99 of 100 are faster than', '', (f) => shown(percentile(f.forty, 0.99), 'ms', 1)],
  ['a worker has taken a run, median', '', (f) => shown(f.pickUp, 'ms')],
  ['memory of the server at rest', '250 MB', (f) => shown(ofServer(f, f.memory), 'MB')],
  ['  after the load', '', (f) => shown(ofServer(f, f.memoryAfter), 'MB')],
];
const line = (cells: string[]) => cells.map((cell, at) => (at === 0 ? cell.padEnd(40) : cell.padStart(13))).join('');
console.log(line(['', 'aim', 'PostgreSQL', 'Redis', 'ceiling']));
for (const [what, aim, read] of rows) {
  console.log(line([what, aim, read(postgres), withRedis ? read(withRedis) : 'no Redis', read(top)]));
}
if (!redis) console.log('There is no redis-server on this machine: the queue in Redis was not measured.');
console.log(`Done in ${((performance.now() - begin) / 1000).toFixed(0)} s.`);

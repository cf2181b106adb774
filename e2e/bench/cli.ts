/**
 * `npm run bench -- --cli`: how long the commands on documents take from start to end, on a flow of 200 steps: the
 * median of ten starts of each, beside a Node that does nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../harness/server.ts';
import { lightFlow } from './flows.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const steps = 200;
const starts = 10;
const rondo = join(checkout, 'server', 'bin', 'rondo.mjs');
const folder = mkdtempSync(join(tmpdir(), 'rondo-bench-'));
const at = (name: string): string => join(folder, name);

/** The median of so many starts, in milliseconds. @throws {Error} when one does not end as it should */
function measure(args: string[], wanted: number): number {
  const took = Array.from({ length: starts }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (status !== wanted) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return performance.now() - begun;
  });
  return median(took);
}

try {
  const text = JSON.stringify(lightFlow(steps), null, 2);
  writeFileSync(at('base.json'), text);
  writeFileSync(at('ours.json'), text.replace('"name": "step7"', '"name": "Ours"'));
  writeFileSync(at('theirs.json'), text.replace('"name": "step9"', '"name": "Theirs"'));
  line('Node that does nothing', '', `${measure(['-e', ''], 0).toFixed(0)} ms`);
  const commands: [string[], number][] = [
    [['--help'], 0],
    [['validate', at('base.json')], 0],
    [['validate', at('base.json'), '--format', 'sarif'], 0],
    [['schema'], 0],
    [['diff', at('base.json'), at('ours.json')], 1],
    [['merge', at('base.json'), at('ours.json'), at('theirs.json')], 0],
    [['split', at('base.json'), at('parts'), '--force'], 0],
    [['bundle', at('base.json')], 0],
    [['convert', at('base.json')], 0],
    [['format', at('base.json')], 0],
  ];
  for (const [args, wanted] of commands) {
    const words = args.map((arg) => (arg.startsWith(folder) ? arg.slice(folder.length + 1) : arg)).join(' ');
    line(`rondo ${words}`, '< 500 ms', `${measure([rondo, ...args], wanted).toFixed(0)} ms`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { cpus, totalmem } from 'node:os';
import { acknowledgement } from './acknowledgement.ts';
import { assembly } from './assembly.ts';
import { cadences } from './cadences.ts';
import { durable } from './durable.ts';
import { brokenLimits } from './limit.ts';
import { picture } from './picture.ts';
import { search } from './search.ts';
import { start } from './start.ts';

/**
 * Figures of one run, side by side: machines differ and are noisy, so what counts are the ratios and the medians.
 * Run it alone: `npm run bench`, or only a part of it: `npm run bench search assembly`.
 */
const PARTS = { acknowledgement, durable, picture, search, start, cadences, assembly };
type Part = keyof typeof PARTS;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const all = Object.keys(PARTS) as Part[];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(all as string[]).includes(name));
if (unknown !== undefined) throw new Error(`there is no part called ${unknown}: ${all.join(', ')}`);

print(`Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`);
for (const part of asked.length > 0 ? (asked as Part[]) : all) {
  print('');
  await PARTS[part](print);
}
for (const one of brokenLimits()) print(`\nA LIMIT IS BROKEN: ${one}`);

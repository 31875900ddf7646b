import { cpus, totalmem } from 'node:os';
import { acknowledgement } from './acknowledgement.ts';
import { assembly } from './assembly.ts';
import { cadences } from './cadences.ts';
import { durable } from './durable.ts';
import { picture } from './picture.ts';
import { search } from './search.ts';
import { start } from './start.ts';

/**
 * Figures of one run, side by side: machines differ and are noisy, so what counts are the ratios and the medians.
 * Run it alone: `npm run bench`.
 */
const print = (line: string): void => void process.stdout.write(`${line}\n`);

print(`Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`);
print('');
await acknowledgement(print);
print('');
await durable(print);
print('');
await picture(print);
print('');
await search(print);
print('');
await start(print);
print('');
await cadences(print);
print('');
await assembly(print);

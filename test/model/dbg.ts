import fc from 'fast-check';
import { play } from './play.ts';
import { stories } from './story.ts';
import { writeSync } from 'node:fs';
let n = 0;
const seed = Number(process.argv[2]); const count = Number(process.argv[3]);
const t0 = performance.now();
await fc.assert(fc.asyncProperty(stories, fc.scheduler(), async (s, sch) => {
  const t = performance.now();
  writeSync(2, `play ${++n} ${s.delivers ? 'delivers ' : ''}${s.terms.secret ? 'secret ' : ''}${s.rounds.length} rounds\n`);
  const h = setTimeout(() => { writeSync(2, JSON.stringify(s) + '\n'); process.exit(9); }, 5000);
  try { await play(s, sch); } catch (e) { writeSync(2, String((e as Error).stack).slice(0, 1500) + '\n'); throw e; } finally { clearTimeout(h); }
  writeSync(2, `  ${(performance.now() - t).toFixed(0)} ms\n`);
}), { seed, numRuns: count, endOnFailure: process.argv[4] !== 'shrink', verbose: 0 }).catch((e) => writeSync(2, String(e).slice(0, 3000) + '\n'));
writeSync(2, `${(performance.now() - t0).toFixed(0)} ms\n`);
process.exit();

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { LARGEST, USUAL } from '../test/pictures/samples.ts';
import type { Gallery } from '../src/gallery.ts';
import type { Picture } from '../src/picture.ts';
import { median, percentile, rounded } from './figures.ts';

const ROUNDS = 30;
const BURST = 50;
const BUILT = new URL('../dist/adapters/pictures/gallery.js', import.meta.url).href;

/** How long a picture takes as PNG, the first one with the start of its thread, and how little the rest of the house notices. */
export async function picture(print: (line: string) => void): Promise<void> {
  const { gallery } = (await import(BUILT)) as { gallery(): Gallery };
  const open = gallery();
  const begun = performance.now();
  await open.png(anew(USUAL.matrix));
  print(`Pictures as PNG, in a thread (median and 95th percentile of ${ROUNDS}; goal: under 150 ms)`);
  print(`  the first, with the start of the thread: ${rounded(performance.now() - begun)} ms`);
  for (const [size, samples] of [['usual', USUAL] as const, ['largest', LARGEST] as const])
    for (const [kind, sample] of Object.entries(samples)) {
      const taken: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const fresh = anew(sample);
        const at = performance.now();
        await open.png(fresh);
        taken.push(performance.now() - at);
      }
      print(`  ${`${size} ${kind}:`.padEnd(17)} ${rounded(median(taken)).padStart(4)} ms ${rounded(percentile(taken, 95)).padStart(6)} ms`);
    }
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await Promise.all(Array.from({ length: BURST }, () => open.png(anew(USUAL.stacks))));
  delay.disable();
  print(
    `  delay of the main thread while ${BURST} are drawn: ${inMs(delay.percentile(50))} ms, ${inMs(delay.percentile(99))} ms at the 99th percentile`,
  );
  await open.close();
}

let count = 0;

/** None that was drawn before. */
const anew = (sample: Picture): Picture => ({ ...sample, title: `${sample.title.slice(0, 80)} ${++count}` });

const inMs = (nanoseconds: number): string => rounded(nanoseconds / 1e6, 1);

import { Worker } from 'node:worker_threads';
import { digestOf, type Gallery } from '../../src/gallery.ts';
import type { Picture } from '../../src/picture.ts';
import type { Drawn, Form, Told, Wish } from './worker.ts';

interface Job extends Wish {
  resolve(drawn: string | Uint8Array): void;
  reject(fault: Error): void;
}

interface Fittings {
  /** The thread's program. */
  script?: URL;
  /** How long one picture may take, in milliseconds, once the program is loaded: then its thread is ended. */
  patience?: number;
  /** For how long a thread that has nothing to draw is kept. */
  rest?: number;
}

/** How long the program may take to load on a machine that has much else to do. */
const LOADING = 60_000;

/** The last so many drawings are kept: as SVG some 10 KB each, as PNG some 50. */
const KEPT = 64;

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Draws in one thread, which starts with the first picture and again with the next one after it died. */
export function gallery({ script = SCRIPT, patience = 10_000, rest = 60_000 }: Fittings = {}): Gallery {
  /** By what is shown, oldest first. */
  const kept = new Map<string, Promise<string | Uint8Array>>();
  const waiting: Job[] = [];
  let worker: Worker | undefined;
  let ready = false;
  let under: Job | undefined;
  let alarm: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let closed = false;

  function draw(picture: Picture, as: Form): Promise<string | Uint8Array> {
    const key = `${as} ${digestOf(picture)}`;
    const known = kept.get(key);
    const drawing = known ?? order(picture, as);
    kept.delete(key);
    kept.set(key, drawing);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    if (!known) drawing.catch(() => kept.get(key) === drawing && kept.delete(key));
    return drawing;
  }

  function order(picture: Picture, as: Form): Promise<string | Uint8Array> {
    if (closed) return Promise.reject(new Error('the gallery is closed'));
    return new Promise((resolve, reject) => {
      waiting.push({ picture, as, resolve, reject });
      next();
    });
  }

  function next(): void {
    if (under) return;
    const job = waiting.shift();
    clearTimeout(resting);
    if (!job) {
      // A thread that waits keeps no process from ending.
      worker?.unref();
      resting = setTimeout(dismiss, rest).unref();
      return;
    }
    worker ??= hired();
    worker.ref();
    under = job;
    watch(ready ? patience : LOADING);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    worker.postMessage({ picture: job.picture, as: job.as } satisfies Wish);
  }

  function watch(most: number): void {
    clearTimeout(alarm);
    alarm = setTimeout(() => failed(`it took longer than ${most} ms`), most);
  }

  function hired(): Worker {
    // Nothing of the environment, which holds secrets, is needed to draw.
    const options = { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } };
    const made = script.pathname.endsWith('.ts') ? new Worker(throughTsx(script), { ...options, eval: true }) : new Worker(script, options);
    ready = false;
    made.on('message', (told: Told) => {
      if (worker !== made) return;
      if (told !== 'ready') return settle(told);
      ready = true;
      watch(patience);
    });
    // After an error there is an exit, too; whichever comes first tells.
    for (const [event, why] of [
      ['error', (fault: unknown) => `its thread failed: ${fault instanceof Error ? fault.message : String(fault)}`],
      ['exit', () => 'its thread ended'],
    ] as const)
      made.on(event, (told: unknown) => {
        if (worker === made) failed(why(told));
      });
    return made;
  }

  function settle(answer: Drawn): void {
    const done = under;
    if (!done) return;
    under = undefined;
    clearTimeout(alarm);
    if ('drawn' in answer) done.resolve(answer.drawn);
    else done.reject(new Error(`the ${done.picture.kind} could not be drawn: ${answer.fault}`));
    next();
  }

  function dismiss(): void {
    const gone = worker;
    worker = undefined;
    void gone?.terminate();
  }

  /** The thread is of no use any more: what it was drawing is lost, and the next picture gets a new one. */
  function failed(fault: string): void {
    dismiss();
    settle({ fault });
  }

  return {
    svg: async (picture) => (await draw(picture, 'svg')) as string,
    png: async (picture) => (await draw(picture, 'png')) as Uint8Array,
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(new Error('the gallery is closed'));
      const last = worker;
      failed('the gallery is closed');
      clearTimeout(resting);
      await last?.terminate();
    },
  };
}

/** Among the sources, as in tests, the program is TypeScript: a thread of Node 20 reads that through tsx, which it loads by itself. */
const throughTsx = (script: URL): string =>
  `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => { register(); return import(${JSON.stringify(script.href)}); })`;

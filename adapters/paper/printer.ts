import { Worker } from 'node:worker_threads';
import { Busy, type Printer, type Sheet } from '../../src/sheet.ts';

/** How long one sheet may take, in milliseconds: the largest vote, or a thousand decisions, take some seconds. */
const PATIENCE = 60_000;

/** So many may wait beside the one that is printed. */
const QUEUE = 8;

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Prints one sheet after the other, each in a thread of its own, so that nobody else waits for a long one. */
export function printer(patience = PATIENCE): Printer {
  const running = new Set<Worker>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  function run(sheet: Sheet): Promise<Uint8Array> {
    return new Promise((settle, fail) => {
      if (closed) return fail(new Error('the printer is closed'));
      // Nothing of the environment, which holds secrets, is needed to print.
      const options = { env: {}, workerData: sheet, resourceLimits: { maxOldGenerationSizeMb: 512 } };
      const worker = SCRIPT.pathname.endsWith('.ts')
        ? new Worker(throughTsx(SCRIPT), { ...options, eval: true })
        : new Worker(SCRIPT, options);
      running.add(worker);
      const alarm = setTimeout(() => fail(new Error(`a sheet took longer than ${patience} ms to print`)), patience);
      worker.on('message', settle);
      worker.on('error', fail);
      worker.on('exit', () => fail(new Error('the thread that printed ended')));
      const end = () => {
        clearTimeout(alarm);
        running.delete(worker);
        void worker.terminate();
      };
      for (const event of ['message', 'error', 'exit']) worker.on(event, end);
    });
  }

  return {
    async print(sheet) {
      if (waiting > QUEUE) throw new Busy('too many sheets wait to be printed');
      waiting += 1;
      const printed = last.then(() => run(sheet));
      last = printed.catch(() => {});
      try {
        return await printed;
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      closed = true;
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}

/** Among the sources, as in tests, the program is TypeScript: a thread of Node 20 reads that through tsx, which it loads by itself. */
const throughTsx = (script: URL): string =>
  `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => { register(); return import(${JSON.stringify(script.href)}); })`;

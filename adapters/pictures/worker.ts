import { parentPort } from 'node:worker_threads';
import type { Picture } from '../../src/picture.ts';
import { pngOf, svgOf } from './drawing.ts';

export type Form = 'svg' | 'png';
export interface Wish {
  picture: Picture;
  as: Form;
}
/** `ready` once the program is loaded, and then an answer to each wish. */
export type Told = 'ready' | Drawn;
export type Drawn = { drawn: string | Uint8Array } | { fault: string };

/** The thread that draws, one picture after the other. */
parentPort!.on('message', ({ picture, as }: Wish) => {
  tell(answer(picture, as));
});
tell('ready');

function tell(told: Told): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort!.postMessage(told);
}

function answer(picture: Picture, as: Form): Drawn {
  try {
    return { drawn: as === 'svg' ? svgOf(picture) : pngOf(picture) };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

import { parentPort } from 'node:worker_threads';
import type { Picture } from '../../src/picture.ts';
import { pngOf, svgOf } from './drawing.ts';

export type Form = 'svg' | 'png';
export interface Wish {
  picture: Picture;
  as: Form;
}
export type Drawn = { drawn: string | Uint8Array } | { fault: string };

/** The thread that draws, one picture after the other. */
parentPort!.on('message', ({ picture, as }: Wish) => parentPort!.postMessage(answer(picture, as)));

function answer(picture: Picture, as: Form): Drawn {
  try {
    return { drawn: as === 'svg' ? svgOf(picture) : pngOf(picture) };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

import { createHash } from 'node:crypto';
import type { Picture } from './picture.ts';

/** Draws pictures, apart from everything that people wait for. A picture that cannot be drawn rejects, and no other one with it. */
export interface Gallery {
  svg(picture: Picture): Promise<string>;
  /** 720 pixels wide: at most 360 are shown on a phone, with twice as many dots. */
  png(picture: Picture): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What tells a picture from all others: what it shows. */
export const digestOf = (picture: Picture): string => createHash('sha256').update(JSON.stringify(picture)).digest('hex');

import { pictured, said } from '../../../src/card.ts';
import { words } from '../../../src/text.ts';
import { LARGEST, USUAL } from '../../pictures/samples.ts';
import type { Shelf } from './shelf.ts';

/** A card for each kind of picture, so that what the platforms get is seen without the flow that shows one. */
export function pictureSamples(shelf: Shelf): void {
  for (const [kind, picture] of Object.entries(shelf.isLarge ? LARGEST : USUAL))
    shelf.cards.set(`picture, ${kind}`, { title: words('A picture'), parts: [said(words('It shows:')), pictured(picture)] });
}

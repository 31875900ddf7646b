import type { Card } from '../../src/card.ts';
import type { Form } from '../../src/form.ts';
import { cadenceSamples } from './samples/cadence.ts';
import { decisionSamples } from './samples/decision.ts';
import { pageSamples } from './samples/pages.ts';
import { pictureSamples } from './samples/pictures.ts';
import { registerSamples } from './samples/register.ts';
import { Shelf, type Size } from './samples/shelf.ts';
import { voteSamples } from './samples/vote.ts';

export { MAXIMA, USUAL } from './samples/shelf.ts';

/** Everything that Offshoot ever shows, once at a usual size and once at the maxima: by name, as cards and as forms. */
export function samples(size: Size): { cards: ReadonlyMap<string, Card>; forms: ReadonlyMap<string, Form> } {
  const shelf = new Shelf(size);
  registerSamples(shelf);
  const conditional = voteSamples(shelf);
  decisionSamples(shelf, conditional);
  cadenceSamples(shelf);
  pageSamples(shelf);
  pictureSamples(shelf);
  return shelf;
}

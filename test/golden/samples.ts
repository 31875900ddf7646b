import type { Card } from '../../src/card.ts';
import type { Form } from '../../src/form.ts';
import { actionSamples } from './samples/action.ts';
import { administrationSamples } from './samples/administration.ts';
import { cadenceSamples } from './samples/cadence.ts';
import { concernSamples } from './samples/concerns.ts';
import { decisionSamples } from './samples/decision.ts';
import { digestSamples } from './samples/digest.ts';
import { familySamples } from './samples/family.ts';
import { evidenceSamples, introductionSamples } from './samples/evidence.ts';
import { pageSamples } from './samples/pages.ts';
import { rankingSamples } from './samples/ranking.ts';
import { readinessSamples } from './samples/readiness.ts';
import { pictureSamples } from './samples/pictures.ts';
import { registerSamples } from './samples/register.ts';
import { reviewSamples } from './samples/review.ts';
import { Shelf, type Size } from './samples/shelf.ts';
import { templateSamples } from './samples/template.ts';
import { voteSamples } from './samples/vote.ts';

export { MAXIMA, USUAL } from './samples/shelf.ts';

/** Everything that Offshoot ever shows, once at a usual size and once at the maxima: by name, as cards and as forms. */
export function samples(size: Size): Pick<Shelf, 'states'> & { cards: ReadonlyMap<string, Card>; forms: ReadonlyMap<string, Form> } {
  const shelf = new Shelf(size);
  registerSamples(shelf);
  familySamples(shelf);
  reviewSamples(shelf);
  const conditional = voteSamples(shelf);
  decisionSamples(shelf, conditional);
  digestSamples(shelf);
  cadenceSamples(shelf);
  evidenceSamples(shelf);
  introductionSamples(shelf);
  readinessSamples(shelf);
  actionSamples(shelf);
  concernSamples(shelf);
  rankingSamples(shelf);
  administrationSamples(shelf);
  pageSamples(shelf);
  templateSamples(shelf);
  pictureSamples(shelf);
  return shelf;
}

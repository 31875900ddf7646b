import { currentReviewSet, criteriaOf, type Criterion, type Dimension, dimensions } from '../../flows/criteria/pilot-review.ts';
import { type Area, currentSet as readinessSet } from '../../flows/criteria/readiness.ts';
import { instantIn } from '../../src/zone.ts';
import { type Heard, type Place, type PlatformClient, type Role, said } from '../contract/client.ts';
import { Scribe } from './scribe.ts';

const ZONE = 'Europe/Berlin';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** People at work with the product, whose clock goes from one moment at which something happens to the next; the scribe looks each time. */
export class Desk {
  readonly client: PlatformClient;
  readonly scribe: Scribe;

  constructor(client: PlatformClient) {
    this.client = client;
    this.scribe = new Scribe(client.database);
  }

  /** Lets time pass until this local time of Berlin; whatever falls due on the way takes effect at its own moment. */
  async until(date: string, time: string): Promise<void> {
    const at = instantIn(ZONE, date, time);
    if (at < this.client.now()) throw new Error(`${date} ${time} has passed`);
    for (;;) {
      const next = this.scribe.nextDue();
      const isThere = next === undefined || next >= at;
      await this.client.moveTo(isThere ? at : Math.max(next, this.client.now()));
      this.scribe.look(this.client.now());
      if (isThere) return;
    }
  }

  /** The product is stopped now, and started again at this local time. */
  async asleepUntil(date: string, time: string): Promise<void> {
    await this.client.restart(instantIn(ZONE, date, time) - this.client.now());
    await this.#look();
  }

  async say(who: Role, where: Place, words: string): Promise<Heard> {
    return await this.#heard(this.client.say(who, where, words));
  }

  async press(who: Role, where: Place, label: string, on?: string): Promise<Heard> {
    return await this.#heard(this.client.press(who, where, label, on));
  }

  async submit(who: Role, values: Values): Promise<Heard> {
    return await this.#heard(this.client.submit(who, values));
  }

  /** Presses a button that opens a form, fills it, and returns the sentence that comes back. */
  async answer(who: Role, where: Place, label: string, values: Values, on?: string): Promise<string> {
    const form = await this.press(who, where, label, on);
    if (form.kind !== 'form') throw new Error(`“${label}” opened no form: ${JSON.stringify(form)}`);
    return said(await this.submit(who, values));
  }

  /** The four pages of a review, by criterion; what is not named is rated 4. */
  async review(who: Role, ratings: Readonly<Record<string, Rating>>, evidence: Readonly<Record<string, string>> = {}): Promise<string> {
    let heard = await this.press(who, 'direct', 'Start the review');
    for (const dimension of dimensions) {
      if (heard.kind !== 'form') throw new Error(`a page of the review was expected: ${JSON.stringify(heard)}`);
      heard = await this.submit(who, pageOf(dimension, ratings, evidence));
    }
    return said(heard);
  }

  async #heard(answer: Promise<Heard>): Promise<Heard> {
    const heard = await answer;
    await this.#look();
    return heard;
  }

  async #look(): Promise<void> {
    // Whoever reads a channel sees what is owed to it.
    await this.client.see('PM', 'direct');
    this.scribe.look(this.client.now());
  }
}

export type Rating = 1 | 2 | 3 | 4 | 5 | 'Not known';

/** The answers of one page of a review as people pick them by sight. */
export function pageOf(
  dimension: Dimension,
  ratings: Readonly<Record<string, Rating>>,
  evidence: Readonly<Record<string, string>> = {},
): Values {
  return Object.fromEntries(
    criteriaOf(currentReviewSet, dimension).flatMap((criterion, index) => {
      const given = evidence[criterion.key];
      const label = `Evidence or link${index === 0 ? '' : ` ${index + 1}`}`;
      return [[criterion.text, labelOf(criterion, ratings[criterion.key] ?? 4)], ...(given ? [[label, given]] : [])];
    }),
  );
}

function labelOf({ anchors: [one, three, five] }: Criterion, rating: Rating): string {
  switch (rating) {
    case 1:
      return `1: ${one}`;
    case 2:
      return '2: between 1 and 3';
    case 3:
      return `3: ${three}`;
    case 4:
      return '4: between 3 and 5';
    case 5:
      return `5: ${five}`;
    case 'Not known':
      return rating;
  }
}

/** All six items of an area met. */
export const met = (area: Area): Record<string, string> =>
  Object.fromEntries(readinessSet.items.filter((item) => item.area === area).map(({ text }) => [text, 'Met']));

import { type Card, cardText } from '../../src/card.ts';
import type { Flow, Moment, Step, Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Ballot, Kept } from '../../src/kept.ts';
import type { Derived } from '../../src/record.ts';
import { plain, type Text } from '../../src/text.ts';

/** 2027-03-01, 09:00 UTC. */
export const START = Date.UTC(2027, 2, 1, 9);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const CHAIR: PersonId = 'person/1';
export const PM: PersonId = 'person/9';
export const SPONSOR: PersonId = 'person/8';
export const member = (n: number): PersonId => `person/${n + 1}`;

/** The initiative that nearly everything is about. */
export const churn: Derived['initiatives'] = {
  id: 'initiative/1',
  name: 'Churn model',
  stage: 'pilot',
  owner: PM,
  sponsor: SPONSOR,
  channel: 'channel/2',
  registered_at: START,
  parent: null,
  recontextualized: null,
};

export function moment(by: PersonId | undefined, at = START, due?: number): Moment {
  return { at, zone: 'Europe/Berlin', head: 'f'.repeat(64), ...(by ? { by } : {}), ...(due === undefined ? {} : { due }) };
}

/** The sentence that a step refuses with, or that a card shows, with ids as names. */
export const inWords = (said: Text): string => plain(said, names, 'UTC');

/** A card as it is read, with ids as names and moments in UTC. */
export const cardInWords = (card: Card): string => cardText(card, names, 'UTC');

const names = { person: (id: string) => id, channel: (id: string) => id };

export function taken<State>(step: Step<State>): Taken<State> {
  if ('refused' in step) throw new Error(`refused: ${inWords(step.refused)}`);
  return step;
}

export function refusal(step: Step<unknown> | undefined): string {
  if (!step || !('refused' in step)) throw new Error('was not refused');
  return inWords(step.refused);
}

/** Opens a flow on whatever brief and facts a test gives it, as far as they matter to the step. */
export const start = <State>(flow: Flow, brief: object, at: Moment, facts: object): Step<State> => flow.open.start(brief, at, facts);

/** One flow with its kept rows, driven as the engine drives it, so that a test reads as given, when, then. */
export class Given<State> {
  state: State;
  readonly ballots = new Map<PersonId, Ballot>();
  readonly kept: Kept[] = [];
  readonly flow: Flow;
  readonly id: `${string}/${number}`;
  /** Rows that a step looks up beside those of the flow itself. */
  facts: object = {};

  constructor(flow: Flow, state: State) {
    this.flow = flow;
    this.id = `${flow.name}/1`;
    this.state = state;
  }

  /** Takes a step and keeps what it keeps; throws when it is refused. */
  when(input: { type: string } & Record<string, unknown>, at: Moment): Taken<State> {
    const step = taken(this.attempt(input, at));
    this.state = step.state;
    for (const kept of step.keep ?? []) {
      this.kept.push(kept);
      if (kept.kind === 'ballot')
        this.ballots.set(kept.row.person, {
          ...kept.row,
          vote: this.id,
          number: (this.ballots.get(kept.row.person)?.number ?? 0) + 1,
        });
    }
    return step;
  }

  attempt(input: { type: string } & Record<string, unknown>, at: Moment): Step<State> {
    const whose = typeof input['about'] === 'string' ? (input['about'] as PersonId) : at.by;
    const mine = whose && this.ballots.get(whose);
    return this.flow.step(this.state, input, at, {
      mine: mine ? [mine] : [],
      ballots: [...this.ballots.values()],
      initiatives: [],
      bodies: [],
      open: [],
      ...this.facts,
    }) as Step<State>;
  }

  /** A message in words. */
  shown(key: string): string {
    const surface = this.flow.surfaces(this.state, this.id).find((one) => one.key === key);
    if (!surface) throw new Error(`no message ${key} among ${this.keys.join(', ')}`);
    return cardInWords(surface.card);
  }

  surface(key: string): string {
    const found = this.flow.surfaces(this.state, this.id).find((surface) => surface.key === key);
    return found ? JSON.stringify(found) : '';
  }

  get keys(): string[] {
    return this.flow.surfaces(this.state, this.id).map((surface) => surface.key);
  }

  get timers(): { key: string; at: number; to?: string }[] {
    return this.flow.timers(this.state, this.id).map(({ key, at, to }) => ({ key, at, ...(to ? { to } : {}) }));
  }
}

import { cadence } from '../../flows/cadence/cadence.ts';
import type { Cadence, Kind } from '../../flows/cadence/state.ts';
import type { PersonId } from '../../src/id.ts';
import type { Occurrence } from '../../src/kept.ts';
import { churn, Given, moment, PM, SPONSOR, start, START, taken } from './given.ts';

export const brief = (kind: Kind = 'retraining') => ({
  kind,
  initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR },
  channel: 'channel/2',
  startedBy: 'D-1',
});

export const berlin = { initiatives: [churn], cadences: [], channels: [{ id: 'channel/2', name: 'churn-model', zone: 'Europe/Berlin' }] };

/** The first and second reminder of a retraining that a decision of 1 March started: at nine in Berlin. */
export const FIRST = Date.UTC(2027, 3, 1, 7);
export const SECOND = Date.UTC(2027, 4, 1, 7);

/** A cadence with what its steps look up. */
export function givenCadence(state: Cadence): Given<Cadence> {
  const given = new Given<Cadence>(cadence, state);
  given.facts = { initiatives: [churn], cadences: [], channels: berlin.channels, votes: [], bodies: [], members: [] };
  return given;
}

/** A cadence that a decision started. */
export const kept = (kind: Kind = 'retraining', at = START): Given<Cadence> =>
  givenCadence(taken(start<Cadence>(cadence, brief(kind), moment(undefined, at), berlin)).state);

/** A cadence that the PM started with a form, its dates saved. */
export function started(said: object, at = START): Given<Cadence> {
  const given = proposed(said, at);
  given.when({ type: 'save' }, moment(PM, at));
  return given;
}

export function proposed(said: object, at = START): Given<Cadence> {
  const answers = { initiative: 'initiative/1', kind: 'retraining', asked: PM, zone: 'channel', ...said };
  return givenCadence(taken(start<Cadence>(cadence, answers, moment(PM, at), berlin)).state);
}

/** Lets the next moment come: at it, or so much later. */
export function due(given: Given<Cadence>, at = given.state.next!): Given<Cadence> {
  given.when({ type: 'due' }, moment(undefined, at, given.state.next));
  return given;
}

/** Fires every timer of a cadence up to a moment, at its time, as the timekeeper does. */
export function runTo(given: Given<Cadence>, at: number): void {
  for (let left = 5000; left > 0; left--) {
    const timers = given.flow.timers(given.state, given.id).toSorted((a, b) => a.at - b.at);
    const timer = timers[0];
    if (!timer || timer.at > at) return;
    given.when(timer.input, moment(undefined, timer.at, timer.at));
  }
  throw new Error('the timers come to no end');
}

/** As the engine does after a downtime: every timer that is due takes effect now, oldest first. */
export function wakeAt(given: Given<Cadence>, at: number): void {
  for (let left = 100; left > 0; left--) {
    const timer = given.flow.timers(given.state, given.id).toSorted((a, b) => a.at - b.at)[0];
    if (!timer || timer.at > at) return;
    given.when(timer.input, moment(undefined, at, timer.at));
  }
  throw new Error('the timers come to no end');
}

export const retrained = {
  retrained: 'yes',
  window: 'March',
  metric: 'Accuracy',
  after: 81.5,
  target: 80,
  compliant: 'yes',
  representative: 'unsure',
  reliable: 'yes',
  valuable: 'yes',
};

export function answer(given: Given<Cadence>, said: object, at: number, by: PersonId = PM) {
  return given.when({ type: 'done', about: String(given.state.current!.number), ...said }, moment(by, at));
}

export const occurrences = (given: Given<Cadence>): Omit<Occurrence, 'cadence'>[] =>
  given.kept.flatMap((one) => (one.kind === 'occurrence' ? [one.row] : []));

/** What became of each reminder in the end, by number. */
export const outcomes = (given: Given<Cadence>): string[] =>
  [...new Map(occurrences(given).map((row) => [row.number, row.state]))].map(([number, state]) => `${number} ${state}`);

export const buttons = (given: Given<Cadence>, key: string): string[] =>
  given.flow
    .surfaces(given.state, given.id)
    .find((one) => one.key === key)
    ?.card.buttons?.map((one) => one.label) ?? [];

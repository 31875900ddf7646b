import { cadence } from '../../../flows/cadence/cadence.ts';
import type { Cadence, Kind } from '../../../flows/cadence/state.ts';
import { cadences } from '../../../flows/pages/cadences.ts';
import type { Derived } from '../../../src/record.ts';
import { givenCadence } from '../../flows/cadences.ts';
import { CHAIR, DAY, type Given, HOUR, member, moment, PM, SPONSOR, start, START, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** What repeats: each kind's reminder and check-in, what follows from them, and what people do with a cadence. */
export function cadenceSamples(shelf: Shelf): void {
  openingSamples(shelf);
  for (const kind of ['retraining', 'evangelism', 'optimization', 'governance', 'own'] as const) kindSamples(shelf, kind);
  timeSamples(shelf);
  alarmSamples(shelf);
  managingSamples(shelf);
  pageSamples(shelf);
}

const channels = [{ id: 'channel/2', name: 'churn-model', zone: 'Europe/Berlin' }];

function proposed(shelf: Shelf, said: object): Given<Cadence> {
  const answers = { initiative: 'initiative/1', kind: 'retraining', asked: PM, zone: 'channel', ...said };
  return givenCadence(
    taken(start<Cadence>(cadence, answers, moment(PM), { initiatives: shelf.initiatives, channels, cadences: [] })).state,
  );
}

function begun(shelf: Shelf, kind: Kind): Given<Cadence> {
  const { name, text } = shelf.size;
  const given = proposed(shelf, {
    kind,
    when: 'monthly on the 15th at 9:00',
    workdays: 'Germany',
    quiet: '18:00-8:00',
    ...(kind === 'own' ? { title: name, question: text } : {}),
  });
  given.when({ type: 'save' }, moment(PM));
  return given;
}

function openingSamples(shelf: Shelf): void {
  const { name, text } = shelf.size;
  shelf.askOpening('cadence open', cadence, 'initiative/1', { initiatives: shelf.initiatives, channels });
  const given = proposed(shelf, {
    kind: 'own',
    title: name,
    question: text,
    when: 'every second Tuesday at 9:30',
    workdays: 'Germany',
    quiet: '18:00-8:00',
    until: '2030-12-31',
  });
  shelf.ask('cadence confirm', given, { input: 'save' }, PM, { cadences: [] });
}

/** The longest answers that a check-in takes, or usual ones. */
function answersOf({ size: { name, text }, isLarge }: Shelf): Record<Kind, object> {
  const ideas = isLarge ? Array.from({ length: 10 }, (_, n) => String(n).repeat(80)).join('\n') : 'Churn of suppliers\nChurn of staff';
  const sure = { compliant: 'yes', representative: 'unsure', reliable: 'no', valuable: 'yes' };
  return {
    retraining: { retrained: 'yes', window: name, metric: name, before: 79, after: 78.5, target: 80, ...sure, changed: text, harm: text },
    evangelism: { audience: name, reached: 25, format: name, ideas, doubts: text },
    optimization: {
      ...{ adoption: 'on target', adoption_figure: name, performance: 'under target', performance_figure: name },
      ...{ business: 'not measured', pain: text, improvement: text, improver: PM },
    },
    governance: {
      ...{ ownership: 'in order', access: 'not in order', access_note: text, ethics: 'unsure', ethics_note: text },
      ...{ ownership_note: text, risks: 'in order', risks_note: text },
    },
    own: { answer: text },
  };
}

/** First asked, answered, and asked again with last time beside it. */
function kindSamples(shelf: Shelf, kind: Kind): void {
  const given = begun(shelf, kind);
  next(given);
  shelf.show(`reminder ${kind}`, given, 'reminder 1 1');
  const { harm: _, ...usual } = answersOf(shelf)[kind] as { harm?: string };
  given.when({ type: 'done', about: '1', ...usual }, moment(PM, given.state.current!.due + HOUR));
  shelf.show(`reminder ${kind} done`, given, 'reminder 1 1');
  given.state = withoutEarly(given.state);
  next(given);
  shelf.show(`reminder ${kind} again`, given, 'reminder 2 1');
  shelf.ask(`check-in ${kind}`, given, { input: 'done', about: '2' }, PM);
}

function withoutEarly({ early: _, ...state }: Cadence): Cadence {
  return state;
}

function next(given: Given<Cadence>, late = 0): void {
  given.when({ type: 'due' }, moment(undefined, given.state.next! + late, given.state.next));
}

function timeSamples(shelf: Shelf): void {
  const { text } = shelf.size;
  const given = begun(shelf, 'retraining');
  next(given);
  shelf.ask('reminder snooze', given, { input: 'snooze', about: '1' }, PM);
  shelf.ask('reminder skip', given, { input: 'skip', about: '1' }, PM);
  shelf.ask('cadence hand over', given, { input: 'hand-over', about: '1' }, PM);
  given.when({ type: 'snooze', about: '1', until: 'tomorrow' }, moment(PM, given.state.current!.due));
  shelf.show('reminder snoozed', given, 'reminder 1 1');
  given.when({ type: 'skip', about: '1', reason: text }, moment(PM, given.state.current!.due + HOUR));
  shelf.show('reminder skipped', given, 'reminder 1 1');
  next(given, 62 * DAY);
  shelf.show('reminder late, after a skipped one', given, `reminder ${given.state.count} 1`);
  const { number, posts, asked } = given.state.current!;
  given.when({ type: 'nudge', number, posts }, moment(undefined, asked! + 2 * DAY));
  given.when({ type: 'escalate', number, posts }, moment(undefined, asked! + 7 * DAY));
  shelf.show('nudge', given, `nudge ${number} ${posts}`);
  shelf.show('nudge escalated', given, `escalate ${number} ${posts}`);
  shelf.show('reminder escalated', given, `reminder ${number} ${posts}`);
  given.when({ type: 'pause', until: '2027-09-01' }, moment(PM, asked! + 8 * DAY));
  shelf.show('reminder in a pause', given, `reminder ${number} ${posts}`);
  given.when({ type: 'stop', reason: text }, moment(PM, asked! + 8 * DAY));
  shelf.show('reminder ended', given, `reminder ${number} ${posts}`);

  const brought = begun(shelf, 'retraining');
  next(brought);
  const { harm: _, ...usual } = answersOf(shelf).retraining as { harm?: string };
  brought.when({ type: 'done', about: '1', ...usual }, moment(PM, brought.state.current!.due + HOUR));
  brought.when({ type: 'early' }, moment(undefined, brought.state.early!, brought.state.early));
  shelf.show('reminder brought forward', brought, 'reminder 2 1');
  brought.when({ type: 'done', about: '2', ...usual }, moment(PM, brought.state.current!.due + HOUR));
  shelf.show('reminder under target twice', brought, 'reminder 2 1');
  brought.state = withoutEarly(brought.state);
  next(brought);
  next(brought);
  shelf.show('reminder not answered', brought, 'reminder 3 1');
  shelf.show('reminder after one not answered', brought, 'reminder 4 1');
}

/** What was said about harm, to the committee and to those who answer for it; and where there is no committee. */
function alarmSamples(shelf: Shelf): void {
  const { name, text, members } = shelf.size;
  for (const [title, votes, bodies] of [
    ['alarm', [{ body: 'body/1', channel: 'channel/1' }], [{ id: 'body/1', name, chair: CHAIR }]],
    ['alarm without a committee', [], []],
  ] as const) {
    const given = begun(shelf, 'governance');
    given.facts = { ...given.facts, votes, bodies, members: Array.from({ length: members }, (_, index) => ({ person: member(index) })) };
    next(given);
    const broken = { access: 'not in order', ethics: 'not in order', ownership: 'not in order', risks: 'not in order' };
    given.when({ type: 'done', about: '1', ...answersOf(shelf).governance, ...broken, harm: text }, moment(PM, given.state.current!.due));
    given.when({ type: 'call' }, moment(undefined, given.state.current!.due));
    shelf.show(title, given, 'alarm 1');
    shelf.show(`${title} to the sponsor`, given, `alarm 1 ${SPONSOR}`);
    shelf.show(`reminder done ${title}`, given, 'reminder 1 1');
  }
}

function managingSamples(shelf: Shelf): void {
  const given = begun(shelf, 'evangelism');
  shelf.ask('cadence pause', given, { input: 'pause' }, PM);
  shelf.ask('cadence change', given, { input: 'change' }, PM);
  shelf.ask('cadence end', given, { input: 'stop' }, PM);
}

function pageSamples(shelf: Shelf): void {
  const { name } = shelf.size;
  const row = (n: number, differently: Partial<Derived['cadences']> = {}): Derived['cadences'] => ({
    id: `cadence/${n}`,
    initiative: 'initiative/1',
    kind: 'own',
    title: `${name}: ${name}`,
    channel: 'channel/2',
    asked: PM,
    schedule: 'every month on the 15th at 09:00, Europe/Berlin time, working days of Germany',
    zone: 'Europe/Berlin',
    state: 'active',
    next_at: START + n * DAY,
    missed: n % 3,
    latest: n % 3 === 0 ? 'done' : 'missed',
    latest_at: START - n * DAY,
    ...differently,
  });
  const list = {
    cadences: shelf.many((n) => row(n), 21),
    paused: [row(30, { state: 'paused', next_at: null })],
    proposed: [row(31, { state: 'proposed', next_at: null, latest: null, latest_at: null, missed: 0 })],
  };
  const lately = ['missed', 'missed', 'done', 'skipped', 'done'].map((state, index) => ({ due: START - index * 31 * DAY, state }));
  const nothing = { cadences: [], paused: [], proposed: [] };
  for (const [title, about, facts] of [
    ['page cadences', '', list],
    ['page cadences, none', '', nothing],
    ['page cadences one', 'cadence/1', { cadences: [row(1)], occurrences: lately }],
    ['page cadences one paused', 'cadence/1', { cadences: [row(1, { state: 'paused' })], occurrences: lately }],
    ['page cadences one proposed', 'cadence/1', { cadences: [row(1, { state: 'proposed', next_at: null })], occurrences: [] }],
    ['page cadences one ended', 'cadence/1', { cadences: [row(1, { state: 'ended', next_at: null })], occurrences: lately }],
  ] as const) {
    const shown = cadences.show(about, moment(PM), facts as never);
    if ('refused' in shown || 'go' in shown) throw new Error(`${title} shows no card`);
    shelf.cards.set(title, shown);
  }
}

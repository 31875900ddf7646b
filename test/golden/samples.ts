import { body } from '../../flows/body/body.ts';
import { cadence } from '../../flows/cadence/cadence.ts';
import type { Cadence } from '../../flows/cadence/state.ts';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { decision } from '../../flows/decision/decision.ts';
import type { Decision } from '../../flows/decision/state.ts';
import { pages } from '../../flows/index.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { Address, Card } from '../../src/card.ts';
import type { Flow } from '../../src/flow.ts';
import { type Form, formOf, MAX } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, DAY, Given, HOUR, member, moment, PM, SPONSOR, START, start, taken } from '../flows/given.ts';

/** Everything that Offshoot ever shows, once at a usual size and once at the maxima: by name, as cards and as forms. */
export interface Samples {
  cards: ReadonlyMap<string, Card>;
  forms: ReadonlyMap<string, Form>;
}

export interface Size {
  members: number;
  name: string;
  text: string;
}

export const USUAL: Size = { members: 5, name: 'Churn model', text: 'The scan says *twelve* days & <more>' };
export const MAXIMA: Size = {
  members: MAX.members,
  name: 'N'.repeat(MAX.name),
  text: `${'word '.repeat(199)}end`.slice(0, MAX.text).padEnd(MAX.text, '.'),
};

const allGo = Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go']));
/** Against on everything that asks a reason. */
const allAgainst = Object.fromEntries(
  currentSet.criteria.map(({ key, tier }) => [key, tier === 'must' ? 'no-go' : tier === 'should' ? 'missing' : 'not seen']),
);
const shouldsMissing = Object.fromEntries(currentSet.criteria.map(({ key, tier }) => [key, tier === 'should' ? 'missing' : 'go']));
const reasonsFor = (text: string, tiers: readonly string[]) =>
  Object.fromEntries(currentSet.criteria.filter(({ tier }) => tiers.includes(tier)).map(({ key }) => [key, text]));

export function samples(size: Size): Samples {
  const cards = new Map<string, Card>();
  const forms = new Map<string, Form>();
  const show = (name: string, given: Given<unknown>, key: string) => {
    const surface = given.flow.surfaces(given.state, given.id).find((one) => one.key === key);
    if (!surface) throw new Error(`${name}: there is no surface ${key} among ${given.keys.join(', ')}`);
    cards.set(name, surface.card);
  };
  const ask = (name: string, given: Given<unknown>, press: Omit<Address, 'to'>, by: PersonId) => {
    const mine = given.ballots.get(by);
    const question = given.flow.inputs[press.input]!.question!(given.state, moment(by), { mine: mine ? [mine] : [] }, press.about ?? '');
    if ('refused' in question) throw new Error(`${name} is refused`);
    forms.set(name, formOf(question, { to: given.id, ...press }));
  };
  const askOpening = (name: string, flow: Flow, about: string, facts: object) => {
    const question = flow.open.question!(about, moment(PM), facts);
    if ('refused' in question) throw new Error(`${name} is refused`);
    forms.set(name, formOf(question, { to: flow.name, input: 'open' }));
  };

  const { name, text } = size;
  const electors: PersonId[] = Array.from({ length: size.members }, (_, index) => (index === 0 ? CHAIR : member(index)));
  const initiatives = [
    { id: 'initiative/1', name, stage: 'pilot', owner: PM, sponsor: SPONSOR, channel: 'channel/2', registered_at: START },
  ];
  const bodies = [{ id: 'body/1', name, chair: CHAIR, rule: 'any no-go blocks', quorum: '60 %' }];
  const members = electors.map((person) => ({ body: 'body/1', person, role: person === CHAIR ? 'chair' : 'member' }));

  askOpening('initiative open', initiative, name, { initiatives });
  const registered = new Given(
    initiative,
    taken(start(initiative, { name, owner: PM, sponsor: SPONSOR, channel: 'channel/2' }, moment(PM), { initiatives: [] })).state,
  );
  ask('initiative edit', registered, { input: 'edit' }, PM);
  ask('initiative retire', registered, { input: 'retire' }, PM);
  askOpening('body open', body, name, { bodies });
  const founded = new Given(
    body,
    taken(start(body, { name, members: electors, chair: CHAIR, quorum: '60 %', rule: 'majority' }, moment(PM), { bodies: [] })).state,
  );
  ask('body edit', founded, { input: 'edit' }, CHAIR);

  askOpening('vote open', vote, '', { initiatives, bodies, members, votes: [] });
  const brief = {
    initiative: 'initiative/1',
    body: 'body/1',
    channel: 'channel/1',
    deadline: START + 3 * DAY,
    rule: 'any no-go blocks',
    quorum: '60 %',
    changes: true,
  };
  const opened = () =>
    new Given<Vote>(vote, taken(start<Vote>(vote, brief, moment(PM), { initiatives, bodies, members, votes: [] })).state);

  const open = opened();
  show('vote open', open, 'vote');
  ask('vote ballot', open, { input: 'ballot' }, member(1));
  ask('vote recuse', open, { input: 'recuse' }, member(1));
  ask('vote correct', open, { input: 'correct' }, PM);
  ask('vote cancel', open, { input: 'cancel' }, CHAIR);
  open.when({ type: 'ballot', ...allAgainst }, moment(member(1)));
  ask('vote reasons', open, { input: 'reasons' }, member(1));
  open.when({ type: 'reasons', ...reasonsFor(text, ['must', 'should']) }, moment(member(1)));
  if (size.members > 5) open.when({ type: 'recuse', reason: text }, moment(electors.at(-2)));
  else open.when({ type: 'recuse', reason: 'I lead the team that built it' }, moment(electors.at(-1)));
  show('vote half way', open, 'vote');
  if (size.members > 30) show('vote roster', open, 'roster-5');
  open.when({ type: 'nudge', nudge: 'two hours' }, moment(undefined, START + 3 * DAY - 2 * HOUR));
  show('vote nudge', open, `nudge two hours ${electors[2]!}`);
  const cancelled = opened();
  cancelled.when({ type: 'cancel', reason: text }, moment(CHAIR));
  show('vote cancelled', cancelled, 'vote');

  const short = opened();
  short.when({ type: 'ballot', ...allGo }, moment(member(1)));
  short.when({ type: 'deadline' }, moment(undefined, START + 3 * DAY, START + 3 * DAY));
  show('result no quorum', short, 'result');

  const noGo = opened();
  for (const elector of electors) cast(noGo, elector, allAgainst, reasonsFor(text, ['must', 'should']));
  show('vote closed', noGo, 'vote');
  show('result no-go', noGo, 'result');
  show('result reasons', noGo, 'reasons-1');

  const conditional = opened();
  for (const elector of electors.slice(0, -1)) cast(conditional, elector, allGo, {});
  ask('vote close', conditional, { input: 'close' }, CHAIR);
  cast(
    conditional,
    electors.at(-1)!,
    size.members > 5 ? shouldsMissing : { ...allGo, debt: 'missing', team: 'missing' },
    size.members > 5 ? reasonsFor(text, ['should']) : { debt: text, team: text },
  );
  show('result go with conditions', conditional, 'result');

  const go = opened();
  for (const elector of electors.slice(0, Math.ceil(size.members * 0.8))) cast(go, elector, allGo, {});
  go.when({ type: 'deadline' }, moment(undefined, START + 3 * DAY + 5 * HOUR, START + 3 * DAY));
  show('result go, late', go, 'result');

  const handed = conditional.flow.timers(conditional.state, conditional.id)[0]!.input;
  const decided = new Given<Decision>(
    decision,
    taken(
      start<Decision>(decision, handed, moment(undefined, START + DAY, START + DAY), { standing: [{ id: 'decision/4' }], cadences: [] }),
    ).state,
  );
  show('decision new', decided, 'decision');
  ask('decision assign', decided, { input: 'assign', about: 'debt' }, CHAIR);
  ask('decision rationale', decided, { input: 'rationale' }, CHAIR);
  const keys = decided.state.conditions.map((condition) => condition.key);
  for (const key of keys)
    decided.when({ type: 'assign', about: key, owner: PM, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  show('decision ask', decided, `ask ${keys[0]!} 1`);
  ask('decision hand back', decided, { input: 'hand-back', about: keys[0]! }, PM);
  decided.when({ type: 'hand-back', about: keys[0]!, reason: text }, moment(PM, START + DAY));
  show('decision handed back', decided, `back ${keys[0]!} 1`);
  decided.when({ type: 'assign', about: keys[0]!, owner: SPONSOR, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  decided.when({ type: 'rationale', rationale: text, review: '2027-06-01' }, moment(CHAIR, START + DAY));
  show('decision with conditions proposed', decided, 'decision');
  for (const key of keys) decided.when({ type: 'accept', about: key }, moment(key === keys[0] ? SPONSOR : PM, START + 2 * DAY));
  show('decision final', decided, 'final');
  show('decision sponsor', decided, 'sponsor');
  decided.when({ type: 'review' }, moment(undefined, START + 90 * DAY));
  show('decision review', decided, `review ${decided.state.reviewAt}`);
  decided.when({ type: 'superseded', by: 'decision/9' }, moment(undefined, START + 91 * DAY));
  show('decision superseded', decided, 'decision');

  const kept = new Given<Cadence>(
    cadence,
    taken(
      start<Cadence>(
        cadence,
        {
          kind: 'retraining',
          initiative: { id: 'initiative/1', name, owner: PM, sponsor: SPONSOR },
          channel: 'channel/2',
          startedBy: 'D-1',
        },
        moment(undefined),
        { cadences: [], channel: [{ zone: 'Europe/Berlin' }] },
      ),
    ).state,
  );
  const checkIn = {
    retrained: 'yes',
    window: name,
    metric: name,
    before: 79,
    after: 78.5,
    target: 80,
    compliant: 'yes',
    representative: 'unsure',
    reliable: 'no',
    valuable: 'yes',
    changed: text,
  };
  kept.when({ type: 'due' }, moment(undefined, kept.state.next, kept.state.next));
  show('reminder first', kept, 'reminder 1 1');
  ask('reminder check-in', kept, { input: 'done', about: '1' }, PM);
  ask('reminder snooze', kept, { input: 'snooze', about: '1' }, PM);
  ask('reminder skip', kept, { input: 'skip', about: '1' }, PM);
  kept.when({ type: 'done', about: '1', ...checkIn }, moment(PM, kept.state.next - 30 * DAY));
  show('reminder done', kept, 'reminder 1 1');
  kept.when({ type: 'due' }, moment(undefined, kept.state.next + 31 * DAY, kept.state.next));
  show('reminder late', kept, `reminder ${kept.state.count} 1`);
  kept.when({ type: 'snooze', about: String(kept.state.count), until: 'tomorrow' }, moment(PM, kept.state.current!.posted!));
  show('reminder snoozed', kept, `reminder ${kept.state.count} 1`);
  kept.when({ type: 'skip', about: String(kept.state.count), reason: text }, moment(PM, kept.state.current!.posted! + HOUR));
  show('reminder skipped', kept, `reminder ${kept.state.count} 1`);

  const many = <Row>(row: (n: number) => Row, most = 60) =>
    Array.from({ length: size.members > 5 ? most : 2 }, (_, index) => row(index + 1));
  const waiting = many((n) => ({
    person: PM,
    flow: `${['vote', 'decision', 'cadence'][n % 3]!}/${n}`,
    kind: (['vote', 'condition', 'reminder'] as const)[n % 3],
    key: n % 3 === 1 ? 'debt' : String(n),
    title: name,
    due: START + n * DAY,
  }));
  const decisions = many((n) => ({
    id: `decision/${n}`,
    number: n,
    vote: `vote/${n}`,
    initiative: 'initiative/1',
    title: name,
    outcome: 'GO WITH CONDITIONS',
    state: 'conditions open',
    rationale: text,
    decided_at: START,
    final_at: null,
    review_at: START + 90 * DAY,
    supersedes: null,
  }));
  const facts = {
    waiting,
    votes: many((n) => ({ id: `vote/${n + 100}`, title: name, deadline: START + DAY })),
    decisions,
    actions: [{ flow: 'decision/1', key: 'debt', state: 'accepted' }],
    initiatives,
    bodies,
    members,
    cadences: many((n) => ({ id: `cadence/${n}`, title: `Retraining: ${name}`, next_at: START + n * DAY, asked: PM })),
    occurrences: many((n) => ({ cadence: 'cadence/1', number: n, due: START - n * DAY, state: 'done' })),
  };
  for (const [page, about] of [
    ['help', ''],
    ['help', 'go-no-go'],
    ['mine', ''],
    ['decisions', ''],
    ['initiatives', name],
    ['initiatives', 'list'],
    ['committees', name],
    ['committees', 'list'],
    ['cadences', ''],
  ] as const) {
    const shown = pages.find((one) => one.name === page)!.show(about, moment(PM), facts);
    if ('refused' in shown || 'go' in shown) throw new Error(`${page} ${about} shows no card`);
    cards.set(`page ${page}${about ? ` ${about === name ? 'one' : about}` : ''}`, shown);
  }
  return { cards, forms };
}

function cast(given: Given<Vote>, who: PersonId, choices: object, reasons: object): void {
  given.when({ type: 'ballot', ...choices }, moment(who));
  if (Object.keys(reasons).length > 0) given.when({ type: 'reasons', ...reasons }, moment(who));
}

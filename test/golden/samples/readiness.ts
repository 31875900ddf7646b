import { type Area, areas, currentSet } from '../../../flows/criteria/readiness.ts';
import { mine } from '../../../flows/pages/mine.ts';
import { readiness } from '../../../flows/readiness/readiness.ts';
import { type Readiness, unplanned } from '../../../flows/readiness/state.ts';
import type { PersonId } from '../../../src/id.ts';
import { CHAIR, DAY, Given, HOUR, member, moment, PM, START, start, taken } from '../../flows/given.ts';
import type { Waiting } from '../../../src/need.ts';
import type { Shelf } from './shelf.ts';

const items = currentSet.items;

export function readinessSamples(shelf: Shelf): void {
  const { initiatives, isLarge } = shelf;
  const { text, name } = shelf.size;
  shelf.askOpening('readiness open', readiness, name, { initiatives, checks: [] });
  const brief = { initiative: 'initiative/1', technical: member(1), business: member(2), organizational: member(3), due: '2027-03-15' };
  const opened = () =>
    new Given<Readiness>(readiness, taken(start<Readiness>(readiness, brief, moment(PM), { initiatives, checks: [], left: [] })).state);
  /** At the maxima nothing is met, and everything has evidence. */
  const answers = (area: string) =>
    Object.fromEntries(
      items
        .filter((item) => item.area === area)
        .flatMap(({ key }, index) => [
          [key, isLarge || (area === 'technical' && index > 3) ? 'not met' : index === 0 ? 'not applicable' : 'met'],
          [`${key}-evidence`, isLarge || index === 4 ? text : undefined],
        ]),
    );
  const plans = (area: string) =>
    Object.fromEntries(
      items
        .filter((item) => item.area === area)
        .flatMap(({ key }) => [
          [`${key}-owner`, member(4)],
          [`${key}-due`, '2027-04-15'],
        ]),
    );
  const see = (given: Given<Readiness>, area: Area, by: PersonId) => {
    while (unplanned(given.state, area).length > 0) given.when({ type: 'actions', about: area, ...plans(area) }, moment(by));
  };

  const check = opened();
  shelf.show('readiness started', check, 'check');
  shelf.look('readiness manage', check, 'manage', PM, { left: [] });
  shelf.show('readiness ask', check, 'ask technical 1');
  for (const area of areas) shelf.ask(`readiness answer ${area}`, check, { input: 'answer', about: area }, check.state.areas[area].person);
  shelf.ask('readiness hand on', check, { input: 'hand-on', about: 'technical' }, member(1));
  shelf.ask('readiness reassign', check, { input: 'reassign' }, PM);
  shelf.ask('readiness extend', check, { input: 'extend' }, PM);
  shelf.ask('readiness cancel', check, { input: 'cancel' }, PM);
  check.when({ type: 'hand-on', about: 'technical', person: CHAIR, note: text }, moment(member(1)));
  shelf.show('readiness handed on', check, 'ask technical 2');
  check.when({ type: 'answer', about: 'technical', ...answers('technical') }, moment(CHAIR));
  shelf.show('readiness half answered', check, 'ask technical 2');
  shelf.ask('readiness actions', check, { input: 'actions', about: 'technical' }, CHAIR);
  shelf.ask('readiness answer again', check, { input: 'answer', about: 'technical' }, CHAIR);
  see(check, 'technical', CHAIR);
  check.when({ type: 'nudge', nudge: 'two days' }, moment(undefined, START + 11 * DAY));
  shelf.show('readiness nudge', check, 'nudge business 1 two days 2027-03-15');
  check.when({ type: 'due' }, moment(undefined, START + 14 * DAY + 7 * HOUR));
  shelf.show('readiness overdue', check, 'check');
  shelf.look('readiness manage, overdue', check, 'manage', PM, { left: [] });
  shelf.show('readiness nudge overdue', check, 'nudge business 1 overdue 2027-03-15');
  shelf.show('readiness overdue owner', check, `overdue 2027-03-15 ${PM}`);
  shelf.ask('readiness finish', check, { input: 'finish' }, PM);

  const cut = new Given<Readiness>(readiness, check.state);
  cut.when({ type: 'finish' }, moment(PM, START + 15 * DAY));
  shelf.show('readiness result, cut short', cut, 'result');

  for (const area of ['business', 'organizational'] as const) {
    check.when({ type: 'answer', about: area, ...answers(area) }, moment(check.state.areas[area].person, START + 15 * DAY));
    see(check, area, check.state.areas[area].person);
  }
  shelf.show('readiness finished', check, 'check');
  shelf.show('readiness result', check, 'result');
  shelf.show('readiness evidence', check, 'evidence-1');

  const cancelled = opened();
  cancelled.when({ type: 'cancel', reason: text }, moment(PM));
  shelf.show('readiness cancelled', cancelled, 'check');

  const waiting: Waiting[] = [
    { person: PM, flow: 'readiness/1', kind: 'readiness', key: 'technical', title: name, due: START + DAY },
    { person: PM, flow: 'vote/1', kind: 'deputy', key: 'person/3', title: name, due: START + 2 * DAY },
    {
      person: PM,
      flow: 'action/1',
      kind: 'action',
      key: 'action',
      title: isLarge ? 'T'.repeat(120) : 'Monitoring and alerting run',
      due: START + DAY,
    },
  ];
  const shown = mine.show('', moment(PM), { waiting, votes: [] });
  if ('refused' in shown || 'go' in shown) throw new Error('page mine shows no card');
  shelf.cards.set('page mine readiness', shown);
}

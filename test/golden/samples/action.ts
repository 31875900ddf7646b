import { action } from '../../../flows/action/action.ts';
import type { Action } from '../../../flows/action/state.ts';
import { actions as actionsPage } from '../../../flows/pages/actions.ts';
import { member, moment, DAY, Given, PM, SPONSOR, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function actionSamples(shelf: Shelf): void {
  const { name, text } = shelf.size;
  const title = shelf.isLarge ? 'T'.repeat(120) : 'Monitoring and alerting run';
  const brief = {
    title,
    why: text,
    initiative: { id: 'initiative/1', name, owner: PM, sponsor: SPONSOR },
    channel: 'channel/2',
    owner: member(1),
    due: '2027-03-15',
    origin: 'readiness/1',
    startedBy: member(2),
    zone: 'Europe/Berlin',
  };
  const opened = () => new Given<Action>(action, taken(start<Action>(action, brief, moment(undefined), {})).state);

  const open = opened();
  shelf.show('action ask', open, 'ask 1');
  shelf.ask('action done', open, { input: 'done' }, member(1));
  shelf.ask('action move', open, { input: 'move' }, member(1));
  shelf.ask('action hand on', open, { input: 'hand-on' }, member(1));
  shelf.ask('action drop', open, { input: 'drop' }, PM);
  open.when({ type: 'move', due: '2027-03-20', reason: text }, moment(member(1)));
  open.when({ type: 'hand-on', owner: PM, note: text }, moment(member(1)));
  shelf.show('action handed on', open, 'ask 2');

  const late = opened();
  const due = late.state.remind;
  late.when({ type: 'remind' }, moment(undefined, due, due));
  shelf.show('action reminder', late, 'reminder 1 2027-03-15 1');
  late.when({ type: 'remind' }, moment(undefined, due + 7 * DAY, due + 7 * DAY));
  shelf.show('action overdue', late, 'reminder 1 2027-03-15 2');
  late.when({ type: 'escalate' }, moment(undefined, due + 7 * DAY, due + 7 * DAY));
  shelf.show('action escalation', late, 'escalation 2027-03-15');
  shelf.show('action sponsor', late, 'sponsor 2027-03-15');
  late.when({ type: 'move', due: '2027-05-01', reason: text }, moment(PM, due + 8 * DAY));
  shelf.show('action escalation moved', late, 'escalation 2027-03-15');
  late.when({ type: 'done', what: text }, moment(PM, due + 9 * DAY));
  shelf.show('action escalation done', late, 'escalation 2027-03-15');
  shelf.show('action ended', late, 'ended');
  shelf.show('action done by another', late, 'ask 1');

  const dropped = opened();
  dropped.when({ type: 'drop', reason: text }, moment(PM));
  shelf.show('action dropped', dropped, 'ask 1');

  const rows = shelf.many((n) => ({
    flow: `action/${n}` as const,
    key: 'action',
    initiative: 'initiative/1' as const,
    title,
    owner: n % 2 === 1 ? PM : member(n),
    due: n < 2 ? '2027-02-20' : '2027-04-01',
    state: 'open' as const,
    origin: 'readiness/1' as const,
    met_at: null,
    missed_at: null,
  }));
  for (const [sample, reader] of [
    ['page actions', PM],
    ['page actions sponsor', SPONSOR],
  ] as const) {
    const shown = actionsPage.show('', moment(reader, START), { actions: rows, initiatives: shelf.initiatives });
    if ('refused' in shown || 'go' in shown) throw new Error(`${sample} shows no card`);
    shelf.cards.set(sample, shown);
  }
}

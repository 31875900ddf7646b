import { decision } from '../../../flows/decision/decision.ts';
import type { Decision } from '../../../flows/decision/state.ts';
import type { Vote } from '../../../flows/vote/state.ts';
import { CHAIR, DAY, Given, moment, PM, SPONSOR, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** The decision that the vote hands over. */
export function decisionSamples(shelf: Shelf, conditional: Given<Vote>): void {
  const { text } = shelf.size;
  const handed = conditional.flow.timers(conditional.state, conditional.id)[0]!.input;
  const decided = new Given<Decision>(
    decision,
    taken(
      start<Decision>(decision, handed, moment(undefined, START + DAY, START + DAY), { standing: [{ id: 'decision/4' }], cadences: [] }),
    ).state,
  );
  shelf.show('decision new', decided, 'decision');
  againstSamples(shelf, handed);
  shelf.ask('decision assign', decided, { input: 'assign', about: 'debt' }, CHAIR);
  shelf.ask('decision rationale', decided, { input: 'rationale' }, CHAIR);
  const keys = decided.state.conditions.map((condition) => condition.key);
  for (const key of keys)
    decided.when({ type: 'assign', about: key, owner: PM, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  shelf.show('decision ask', decided, `ask ${keys[0]!} 1`);
  shelf.ask('decision hand back', decided, { input: 'hand-back', about: keys[0]! }, PM);
  decided.when({ type: 'hand-back', about: keys[0]!, reason: text }, moment(PM, START + DAY));
  shelf.show('decision handed back', decided, `back ${keys[0]!} 1`);
  decided.when({ type: 'assign', about: keys[0]!, owner: SPONSOR, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  decided.when({ type: 'rationale', rationale: text, review: '2027-06-01' }, moment(CHAIR, START + DAY));
  shelf.show('decision with conditions proposed', decided, 'decision');
  for (const key of keys) decided.when({ type: 'accept', about: key }, moment(key === keys[0] ? SPONSOR : PM, START + 2 * DAY));
  shelf.show('decision final', decided, 'final');
  shelf.show('decision sponsor', decided, 'sponsor');
  decided.when({ type: 'review' }, moment(undefined, START + 90 * DAY));
  shelf.show('decision review', decided, `review ${decided.state.reviewAt}`);
  decided.when({ type: 'superseded', by: 'decision/9' }, moment(undefined, START + 91 * DAY));
  shelf.show('decision superseded', decided, 'decision');
}

/** A GO that the pilot review did not recommend, with as many conditions as there can be. */
function againstSamples(shelf: Shelf, handed: object): void {
  const { text } = shelf.size;
  const proposals = [
    ...shelf.many((n) => ({ key: `review ${n}`, text: 'Accuracy, reliability and speed are as required', against: true }), 5),
    { key: 'caution organizational', text: 'Organizational readiness at 60 of 100 or more' },
    { key: 'caution strategic', text: 'Strategic alignment at 60 of 100 or more' },
  ];
  const review = { id: 'review/1', recommended: 'EXTEND', verdict: 'SCALE', technical: 43, business: 100, decidedAt: START, proposals };
  const brief = { ...handed, proposals, evidence: { at: START, overdue: 0, put: 0, review } };
  const facts = { standing: [], cadences: [] };
  const given = new Given<Decision>(decision, taken(start<Decision>(decision, brief, moment(undefined, START + DAY), facts)).state);
  shelf.show('decision against the review', given, 'decision');
  shelf.ask('decision leave out', given, { input: 'drop', about: 'caution strategic' }, CHAIR);
  given.when({ type: 'drop', about: 'caution strategic', reason: text }, moment(CHAIR, START + DAY));
  for (const { key, state } of given.state.conditions)
    if (state === 'unassigned')
      given.when({ type: 'assign', about: key, owner: PM, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  shelf.show('decision against the review, assigned', given, 'decision');
  if (shelf.isLarge) shelf.show('decision conditions in full', given, 'conditions-1');
}

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
      start<Decision>(decision, handed, moment(undefined, START + DAY, START + DAY), {
        standing: [{ id: 'decision/4', question: 'go-no-go', subject: null }],
        cadences: [],
      }),
    ).state,
  );
  shelf.show('decision new', decided, 'decision');
  const known = { bodies: [{ id: decided.state.bodyId }], open: [], self: [], was: [], left: [] };
  shelf.look('decision manage', decided, 'manage', CHAIR, known);
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
  conditionSamples(shelf, decided, keys);
  contestSamples(shelf, decided);
  decided.when({ type: 'review' }, moment(undefined, START + 90 * DAY));
  shelf.show('decision review', decided, `review ${decided.state.reviewAt}`);
  calibrationSamples(shelf, decided);
  decided.when({ type: 'superseded', by: 'decision/9' }, moment(undefined, START + 91 * DAY));
  shelf.show('decision superseded', decided, 'decision');
}

/** What becomes of the conditions: done, met, sent back, moved, overdue. */
function conditionSamples(shelf: Shelf, decided: Given<Decision>, keys: readonly string[]): void {
  const { text } = shelf.size;
  const [first, second = keys[0]!] = keys;
  const fire = (key: string) => {
    const timer = decided.flow.timers(decided.state, decided.id).find((one) => one.key === key)!;
    decided.when(timer.input, moment(undefined, timer.at, timer.at));
    return timer;
  };
  const link = 'https://wiki.example.com/scan';
  shelf.show('decision condition accepted', decided, `ask ${first} 2`);
  shelf.ask('decision condition done', decided, { input: 'done', about: first! }, SPONSOR);
  fire(`remind ${first} 7`);
  shelf.show('decision condition reminder', decided, `remind ${first} 2027-04-30 7`);
  decided.when({ type: 'done', about: first, evidence: text, link }, moment(SPONSOR, START + 50 * DAY));
  shelf.show('decision condition done', decided, `done ${first} 2 0`);
  shelf.ask('decision condition send back', decided, { input: 'send-back', about: first! }, CHAIR);
  decided.when({ type: 'send-back', about: first, reason: text }, moment(CHAIR, START + 51 * DAY));
  shelf.show('decision condition sent back', decided, `sent back ${first} 1`);
  decided.when({ type: 'done', about: first, evidence: text, link }, moment(SPONSOR, START + 52 * DAY));
  decided.when({ type: 'met', about: first }, moment(CHAIR, START + 53 * DAY));
  if (second !== first) {
    fire(`overdue ${second}`);
    shelf.show('decision condition overdue', decided, `overdue ${second} 2027-04-30`);
    shelf.show('decision review early', decided, 'review early');
    shelf.ask('decision condition change', decided, { input: 'change', about: second }, CHAIR);
    decided.when({ type: 'change', condition: second, due: '2027-05-20', reason: text }, moment(CHAIR, START + 62 * DAY));
    shelf.show('decision condition moved', decided, `moved ${second} 1`);
  }
  shelf.show('decision conditions partly met', decided, 'decision');
  shelf.look('decision manage, partly met', decided, 'manage', CHAIR, { bodies: [{ id: decided.state.bodyId }] });
  if (shelf.isLarge) shelf.show('decision condition in full', decided, 'conditions-1');
  for (const key of keys.slice(1)) {
    decided.when({ type: 'done', about: key, evidence: text, link }, moment(PM, START + 63 * DAY));
    decided.when({ type: 'met', about: key }, moment(CHAIR, START + 64 * DAY));
  }
  shelf.show('decision all met', decided, 'all met');
}

/** Appealed, dismissed, appealed once more and held again. */
function contestSamples(shelf: Shelf, decided: Given<Decision>): void {
  const { text } = shelf.size;
  const committee = decided.state.bodyId;
  decided.facts = { bodies: [{ id: committee, rule: 'majority', quorum: '60 %', casting: 0 }], open: [], self: [], was: [], left: [] };
  shelf.ask('decision appeal', decided, { input: 'appeal' }, PM);
  decided.when({ type: 'appeal', what: text, link: 'https://wiki.example.com/audit' }, moment(PM, START + 65 * DAY));
  shelf.show('decision appeal', decided, 'appeal 1');
  shelf.ask('decision dismiss', decided, { input: 'dismiss' }, CHAIR);
  shelf.ask('decision re-open', decided, { input: 'reopen' }, CHAIR, decided.facts);
  decided.when({ type: 'dismiss', reason: text }, moment(CHAIR, START + 66 * DAY));
  shelf.show('decision appeal dismissed', decided, 'appeal answered 1');
  decided.when({ type: 'appeal', what: text }, moment(PM, START + 67 * DAY));
  decided.when({ type: 'reopen', reason: text, deadline: START + 75 * DAY }, moment(CHAIR, START + 68 * DAY));
  shelf.show('decision re-opened', decided, 'decision');
}

/** What came true, said by the owner. */
function calibrationSamples(shelf: Shelf, decided: Given<Decision>): void {
  const { text } = shelf.size;
  shelf.ask('decision what came true', decided, { input: 'calibrate' }, PM);
  const actual = ['came true', 'did not', 'unclear'];
  const answers = Object.fromEntries(decided.state.judged!.map(({ key }, index) => [`actual-${key}`, actual[index % 3]]));
  decided.when({ type: 'calibrate', ...answers, note: text, figures: text }, moment(PM, START + 92 * DAY));
  shelf.show('decision calibration', decided, 'calibration 1');
  if (decided.keys.includes('calibration 1 dissent 1')) shelf.show('decision dissent again', decided, 'calibration 1 dissent 1');
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
  shelf.look('decision manage, against the review', given, 'manage', CHAIR, { bodies: [{ id: given.state.bodyId }] });
  shelf.ask('decision leave out', given, { input: 'drop', about: 'caution strategic' }, CHAIR);
  given.when({ type: 'drop', about: 'caution strategic', reason: text }, moment(CHAIR, START + DAY));
  for (const { key, state } of given.state.conditions)
    if (state === 'unassigned')
      given.when({ type: 'assign', about: key, owner: PM, due: '2027-04-30', measure: text }, moment(CHAIR, START + DAY));
  shelf.show('decision against the review, assigned', given, 'decision');
  if (shelf.isLarge) shelf.show('decision conditions in full', given, 'conditions-1');
}

import { decision } from '../../flows/decision/decision.ts';
import type { Decision, DecisionBrief } from '../../flows/decision/state.ts';
import { CHAIR, Given, member, moment, PM, SPONSOR, start, START, taken } from './given.ts';

/** What a vote hands over that ended in GO WITH CONDITIONS, two of them. */
export const brief: DecisionBrief = {
  vote: 'vote/1',
  initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR, channel: 'channel/2' },
  body: 'Steering committee',
  bodyId: 'body/1',
  channel: 'channel/1',
  chair: CHAIR,
  outcome: 'GO WITH CONDITIONS',
  why: [{ kind: 'words', text: 'Every must-have is met.' }],
  quorum: { needed: 3, base: 5, present: 5 },
  voted: [CHAIR, member(1)],
  recused: [],
  dissent: [member(1)],
  missing: [
    { key: 'debt', text: 'Technical debt within limits' },
    { key: 'team', text: 'Team able to support at scale' },
  ],
  proposals: [],
  decidedAt: START,
  judged: [
    { key: 'roi', text: 'Positive ROI at scale', tier: 'must', go: 4, against: 1, met: true },
    { key: 'safety', text: 'No unresolved safety or compliance issue', tier: 'must', go: 5, against: 0, met: true },
    { key: 'debt', text: 'Technical debt within limits', tier: 'should', go: 1, against: 4, met: false },
  ],
  objections: [{ person: member(1), criterion: 'roi', choice: 'no-go', reason: 'The savings are counted twice' }],
};

/** The committee that made it. */
export const body = { id: 'body/1', name: 'Steering committee', chair: CHAIR, rule: 'majority', quorum: '60 %', casting: 0 };

/** A decision that was made a moment ago, with what its steps look up. */
export function made(differently: Partial<DecisionBrief> = {}, known: object = {}): Given<Decision> {
  const facts = { standing: [], cadences: [], ...known };
  const { state } = taken(start<Decision>(decision, { ...brief, ...differently }, moment(undefined, START, START), facts));
  const given = new Given<Decision>(decision, state);
  given.facts = { left: [], bodies: [body], open: [], self: [], was: [] };
  return given;
}

import { currentSet } from '../../flows/criteria/go-no-go.ts';
import type { OpeningFacts } from '../../flows/vote/opening.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, churn, DAY, Given, member, PM, SPONSOR, START } from './given.ts';

/** A ballot that is for everything. */
export const allGo = Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go']));

/** When the votes close. */
export const DEADLINE = START + 3 * DAY;

/** What a vote on the Churn model is opened with. */
export const voteBrief = {
  initiative: 'initiative/1',
  body: 'body/1',
  channel: 'channel/1',
  deadline: DEADLINE,
  rule: 'any no-go blocks',
  quorum: '60 %',
  changes: true,
};

/** What is known when it is opened: the Churn model, of which there is no evidence, and a committee of these people. */
export const openingFacts = (electors: readonly PersonId[]): OpeningFacts => ({
  initiatives: [churn],
  bodies: [{ id: 'body/1', name: 'Steering committee', chair: CHAIR, rule: 'any no-go blocks', quorum: '60 %', casting: 0 }],
  members: electors.map((person) => ({ body: 'body/1', person, role: person === CHAIR ? 'chair' : 'member' })),
  votes: [],
  reviews: [],
  checks: [],
  actions: [],
  evidence: [],
});

/** An open vote of the chair and three members, of whom two make the quorum; nobody has voted. */
export const openVote = (more: Partial<Vote> = {}): Given<Vote> =>
  new Given<Vote>(vote, {
    initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR, channel: 'channel/2' },
    body: { id: 'body/1', name: 'Steering committee' },
    channel: 'channel/1',
    electors: [CHAIR, member(1), member(2), member(3)],
    chair: CHAIR,
    rule: 'any no-go blocks',
    quorum: { kind: 'count', count: 2 },
    changes: true,
    set: currentSet.id,
    opened: { by: PM, at: START },
    deadline: DEADLINE,
    voted: [],
    recused: [],
    nudged: [],
    ...more,
  });

import { describe, expect, it } from 'vitest';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { ballotLine } from '../../flows/vote/secret.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { Moment, Step, Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Opened, Unsealed } from '../../src/kept.ts';
import { CHAIR, inWords, member, moment, PM, refusal, start, taken } from './given.ts';
import { allGo, openingFacts, voteBrief } from './votes.ts';

describe('a ballot of the published list', () => {
  it.each([
    ['ggg', 'go on all'],
    ['gng', 'go, but no-go on 2'],
    ['nnngmmgaaaa', 'go, but no-go on 1 to 3; missing on 5, 6; abstain on 8 to 11'],
    ['nnn', 'no-go on 1 to 3'],
    ['ngngnn', 'go, but no-go on 1, 3, 5, 6'],
  ])('%s reads “%s”', (letters, line) => {
    expect(ballotLine(letters)).toBe(line);
  });
});

const MEMBERS = [CHAIR, ...[1, 2, 3, 4].map(member)];
const brief = { ...voteBrief, quorum: '1', openness: 'secret', without: 'None was asked for.' };

/** A secret vote with its ballots in memory, as the vault would open them. */
class Secret {
  state: Vote;
  readonly kept = new Map<PersonId, Opened>();
  readonly published: unknown[] = [];
  lost = false;

  constructor(more: object = {}) {
    this.state = taken(start<Vote>(vote, { ...brief, ...more }, moment(PM), openingFacts(MEMBERS))).state;
  }

  attempt(input: { type: string } & Record<string, unknown>, at: Moment): Step<Vote> {
    return vote.step(this.state, input as never, at, this.facts(input.type, at.by) as never);
  }

  when(input: { type: string } & Record<string, unknown>, at: Moment): Taken<Vote> {
    const step = taken(this.attempt(input, at));
    this.state = step.state;
    for (const kept of step.keep ?? []) {
      if (kept.kind === 'seal') {
        const number = (this.kept.get(kept.elector)?.number ?? 0) + 1;
        this.kept.set(kept.elector, { receipt: receiptOf(kept.elector), number, choices: kept.choices, reasons: kept.reasons });
      }
      if (kept.kind === 'unseal') this.kept.delete(kept.elector);
      if (kept.kind === 'publish' || kept.kind === 'forget') this.published.push(kept);
    }
    return step;
  }

  facts(input: string, by: PersonId | undefined): Record<string, unknown> {
    const gathered: Record<string, Unsealed[]> = {};
    for (const need of vote.needs!(this.state, { id: 'vote/1', input: input as never, by })) {
      if (need.rows !== 'unsealed') continue;
      const { elector, except } = need.where as { elector?: PersonId; except?: PersonId };
      if (this.lost) gathered[need.as] = [{ lost: true }];
      else if (elector)
        gathered[need.as] = [this.kept.get(elector) ?? { receipt: receiptOf(elector), number: 0, choices: null, reasons: {} }];
      else gathered[need.as] = [...this.kept].flatMap(([person, ballot]) => (person === except ? [] : [ballot]));
    }
    return gathered;
  }

  question(by: PersonId) {
    return vote.inputs.ballot.question!(this.state, moment(by), this.facts('ballot', by) as never, '');
  }
}

/** Z first, so that the order of receipts is not the order of the voters. */
const receiptOf = (person: PersonId): string => `ABC${'ZYXWVUTS'[Number(person.split('/')[1])]}-EFGH`;

const cast = (secret: Secret, by: PersonId, more: object = {}) => secret.when({ type: 'ballot', ...allGo, ...more }, moment(by));

describe('opening a secret vote', () => {
  it.each<[string, object, PersonId[], string]>([
    ['a committee of two', {}, MEMBERS.slice(0, 2), 'A secret vote takes 3 members at least, and this committee has 2.'],
    ['a casting vote', { casting: true, rule: 'majority' }, MEMBERS, 'nobody can tell which ballot is the chair’s'],
  ])('is refused for %s', (_, more, people, sentence) => {
    expect(refusal(start(vote, { ...brief, ...more }, moment(PM), openingFacts(people)))).toContain(sentence);
  });

  it('can be corrected before the first ballot, both ways, but not once an open ballot is begun', () => {
    const secret = new Secret();
    const { deadline, rule, quorum, changes } = brief;
    const terms = { type: 'correct', deadline, rule, quorum, changes };
    expect(secret.when({ ...terms, openness: 'open' }, moment(PM)).state.secret).toBeUndefined();
    const open = secret.state;
    const begun = vote.step(open, { ...terms, openness: 'secret' } as never, moment(PM), { ballots: [{}] } as never);
    expect(refusal(begun)).toContain('cannot become secret');
    expect(secret.when({ ...terms, openness: 'secret' }, moment(PM)).state.secret).toBe(true);
  });
});

describe('a secret ballot', () => {
  it('is taken whole or not at all, and says nothing of what it holds', () => {
    const secret = new Secret();
    const step = secret.attempt({ type: 'ballot', ...allGo, debt: 'missing' }, moment(member(1)));
    expect(step).toMatchObject({ at: 'reason-debt' });
    const said = cast(secret, member(1), { debt: 'missing', 'reason-debt': 'Too much' });
    expect(inWords(said.say!)).not.toMatch(/missing|\d+ go/);
    expect(said.receipt).toBe(member(1));
    expect(JSON.stringify(secret.state)).not.toContain('Too much');
    expect(vote.sealed!(secret.state, 'ballot')).toBe(true);
  });

  it('tells of each missing reason at its field', () => {
    const question = new Secret().question(member(1));
    if (!question || 'refused' in question) throw new Error('no form');
    const result = question.schema.safeParse({ ...allGo, debt: 'missing', roi: 'no-go' });
    expect(result.error?.issues.map(({ path }) => path[0]).toSorted()).toEqual(
      ['reason-debt', ...(currentSet.criteria.find(({ key }) => key === 'roi')?.tier === 'must' ? ['reason-roi'] : [])].toSorted(),
    );
  });

  it('is not overwritten by a form that was opened before', () => {
    const secret = new Secret();
    cast(secret, member(1));
    cast(secret, member(1));
    expect(refusal(secret.attempt({ type: 'ballot', ...allGo, seen: 1 }, moment(member(1))))).toContain('nothing was overwritten');
    expect(secret.attempt({ type: 'ballot', ...allGo, seen: 2 }, moment(member(1)))).not.toHaveProperty('refused');
  });

  it('cannot be changed where the vote does not allow it', () => {
    const secret = new Secret({ changes: false });
    cast(secret, member(1));
    expect(refusal(secret.attempt({ type: 'ballot', ...allGo }, moment(member(1))))).toContain('cannot be changed');
  });

  it('goes with the recusal of its elector', () => {
    const secret = new Secret();
    cast(secret, member(1));
    expect(secret.when({ type: 'recuse', reason: 'My team' }, moment(member(1))).keep).toEqual([{ kind: 'unseal', elector: member(1) }]);
  });
});

describe('the close of a secret vote', () => {
  it('publishes the ballots by receipt and the reasons by text, without anybody’s name', () => {
    const secret = new Secret();
    MEMBERS.forEach((by, index) => cast(secret, by, index < 2 ? { debt: 'missing', 'reason-debt': `${9 - index} years of it` } : {}));
    expect(secret.state.closed).toMatchObject({ outcome: 'GO WITH CONDITIONS', dissent: [], how: 'when all had voted' });
    // A decision that is voted on again knows by it that the vote stays secret.
    expect(vote.timers(secret.state, 'vote/1')).toMatchObject([{ to: 'decision', input: { secret: true } }]);
    const [published] = secret.published as [{ ballots: { receipt: string }[]; reasons: { reason: string }[] }];
    expect(published.ballots.map(({ receipt }) => receipt)).toEqual(MEMBERS.map(receiptOf).toReversed());
    expect(published.reasons.map(({ reason }) => reason)).toEqual(['8 years of it', '9 years of it']);
    expect(JSON.stringify(published)).not.toContain('person/');
    expect(JSON.stringify(secret.state.closed)).not.toContain('person/');
    const list = vote.surfaces(secret.state, 'vote/1').find(({ key }) => key === 'ballots-1');
    expect(JSON.stringify(list)).toContain('ABCU-EFGH: go on all');
    expect(JSON.stringify(list)).toContain(
      `ABCY-EFGH: go, but missing on ${currentSet.criteria.findIndex(({ key }) => key === 'debt') + 1}`,
    );
  });

  it('has no result of two ballots, whatever the quorum, and shows nothing of them', () => {
    const secret = new Secret();
    cast(secret, member(1), { debt: 'missing', 'reason-debt': 'Too much' });
    cast(secret, member(2));
    expect(refusal(secret.attempt({ type: 'close' }, moment(CHAIR)))).toContain('2 of the 3 ballots');
    secret.when({ type: 'deadline' }, moment(undefined, brief.deadline, brief.deadline));
    expect(secret.state.closed).toMatchObject({ outcome: 'NO QUORUM', counts: [], reasons: [] });
    expect(secret.published).toEqual([{ kind: 'forget' }]);
    expect(vote.surfaces(secret.state, 'vote/1').some(({ key }) => key.startsWith('ballots'))).toBe(false);
  });

  it('has one of three', () => {
    const secret = new Secret();
    for (const by of MEMBERS.slice(0, 3)) cast(secret, by);
    secret.when({ type: 'close' }, moment(CHAIR));
    expect(secret.state.closed?.outcome).toBe('GO');
  });

  it('forgets the ballots of a cancelled one', () => {
    const secret = new Secret();
    cast(secret, member(1));
    secret.when({ type: 'cancel', reason: 'Too early' }, moment(CHAIR));
    expect(secret.published).toEqual([{ kind: 'forget' }]);
  });

  it('cannot come without the key: the vote is cancelled at the next touch', () => {
    for (const [input, at] of [
      [{ type: 'deadline' }, moment(undefined, brief.deadline, brief.deadline)],
      [{ type: 'ballot' }, moment(member(2))],
      [{ type: 'close' }, moment(CHAIR)],
    ] as const) {
      const secret = new Secret();
      cast(secret, member(1));
      secret.lost = true;
      if (input.type === 'ballot') expect(secret.question(member(2))).toBeUndefined();
      secret.when(input, at);
      expect(secret.state).toMatchObject({ voted: [], cancelled: { reason: expect.stringContaining('open it again') } });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { type Body, body } from '../../flows/body/body.ts';
import { voicesOf } from '../../flows/vote/deputies.ts';
import type { Vote } from '../../flows/vote/state.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, DAY, Given, HOUR, inWords, member, moment, PM, refusal, START } from './given.ts';
import { allGo, DEADLINE, openVote } from './votes.ts';

const OUTSIDER: PersonId = 'person/20';
const electors = [CHAIR, member(1), member(2), member(3)];

/** Member 1 named somebody for this vote. */
function named(deputy: PersonId, differently: Partial<Vote> = {}): Given<Vote> {
  const given = openVote(differently);
  given.when({ type: 'deputy', deputy }, moment(member(1)));
  return given;
}

const recusedDeputy = () =>
  openVote({ deputies: [{ person: member(1), deputy: member(2) }], recused: [{ person: member(2), reason: 'I sell it' }] });

const ballot = (elector: PersonId, more: object = {}) => ({ type: 'ballot', about: elector, ...allGo, ...more });

/** A deputyship for a time, as the committee's rows say it. */
const row = (deputy: PersonId, from_at: number, until_at: number, person: PersonId = member(1)) => ({
  deputies: [{ flow: 'body/1', person, name: 'Member 1', deputy, from_at, until_at }],
});

const asked = (given: Given<Vote>, input: string, by: PersonId, at = START, about = '') =>
  given.flow.inputs[input]!.question!(given.state, moment(by, at), { mine: [...given.ballots.values()], ...given.facts }, about);

describe('a deputy for one vote', () => {
  it.each([
    ['a member', member(2)],
    ['nobody of the committee', OUTSIDER],
  ])('casts the ballot of the one stood in for: %s', (_, deputy) => {
    const given = named(deputy);
    const say = inWords(given.when(ballot(member(1)), moment(deputy)).say!);
    expect(say).toContain(`Counted for ${member(1)}: 15 go`);
    expect(given.state.voted).toEqual([member(1)]);
    expect(given.ballots.get(member(1))).toMatchObject({ cast_by: deputy, choices: allGo });
    expect(given.ballots.has(deputy)).toBe(false);
    expect(given.surface('vote')).toContain('as deputy');
  });

  it('gives their own ballot beside that of each member, once each', () => {
    const given = named(member(2));
    given.when({ type: 'deputy', deputy: member(2) }, moment(member(3)));
    for (const elector of [member(2), member(1), member(3)]) given.when(ballot(elector), moment(member(2)));
    expect(given.state.voted).toEqual([member(2), member(1), member(3)]);
    expect(given.state.byDeputy).toEqual([
      { person: member(1), deputy: member(2) },
      { person: member(3), deputy: member(2) },
    ]);
    given.when(ballot(CHAIR), moment(CHAIR));
    expect(given.state.closed).toMatchObject({ outcome: 'GO', quorum: { present: 4, base: 4 } });
    expect(given.surface('result')).toContain('By deputies');
    expect(given.flow.timers(given.state, given.id)[0]).toMatchObject({
      input: { byDeputy: [{ person: member(1) }, { person: member(3) }] },
    });
  });

  it('goes on to their reasons, and counts with them', () => {
    const given = named(OUTSIDER);
    expect(given.when(ballot(member(1), { roi: 'no-go' }), moment(OUTSIDER)).next).toEqual({ input: 'reasons', about: member(1) });
    expect(given.state.voted).toEqual([]);
    given.when({ type: 'reasons', about: member(1), roi: 'Too dear' }, moment(OUTSIDER));
    expect(given.ballots.get(member(1))).toMatchObject({ cast_by: OUTSIDER, reasons: { roi: 'Too dear' } });
  });

  it('presses Vote and gets the one ballot that is theirs to give, or chooses first', () => {
    const given = named(OUTSIDER);
    expect(asked(given, 'ballot', OUTSIDER)).toMatchObject({ title: 'Your ballot', about: member(1) });
    given.when({ type: 'deputy', deputy: OUTSIDER }, moment(member(2)));
    expect(asked(given, 'ballot', OUTSIDER)).toMatchObject({ title: 'Whose ballot?' });
    expect(given.when({ type: 'ballot', whose: member(2) }, moment(OUTSIDER)).next).toEqual({ input: 'ballot', about: member(2) });
    expect(asked(given, 'ballot', OUTSIDER, START, member(2))).toMatchObject({ about: member(2) });
  });

  it('is told so, then that they cast it, that the member did or another deputy, and no more once the member is recused', () => {
    const given = named(OUTSIDER);
    const key = `deputy ${OUTSIDER} of ${member(1)}`;
    const mayVote = () => given.surface(key).includes(`"about":"${member(1)}"`);
    expect(given.shown(key)).toContain(`You may cast the ballot of ${member(1)}`);
    expect(mayVote()).toBe(true);
    given.when(ballot(member(1)), moment(OUTSIDER));
    expect(given.shown(key)).toContain(`You cast the ballot of ${member(1)} on Churn model. You can change it until`);
    expect(mayVote()).toBe(true);
    given.when(ballot(member(1)), moment(member(1)));
    expect(given.shown(key)).toContain('is in, cast by themselves: there is nothing left for you to do.');
    expect(mayVote()).toBe(false);
    given.when({ type: 'recuse', reason: 'I sell it' }, moment(member(1)));
    expect(given.keys).not.toContain(key);
    const other = named(member(2));
    other.when(ballot(member(1)), moment(member(2)));
    other.when({ type: 'deputy', deputy: OUTSIDER }, moment(member(1)));
    expect(other.shown(key)).toContain(`cast by ${member(2)}: there is nothing left for you to do.`);
    const final = named(OUTSIDER, { changes: false });
    final.when(ballot(member(1)), moment(OUTSIDER));
    expect(final.shown(key)).toMatch(/You cast the ballot of .* on Churn model\.$/);
    expect(final.surface(key)).not.toContain('buttons');
  });

  it('never goes before the member', () => {
    const given = named(OUTSIDER, { changes: false });
    given.when(ballot(member(1)), moment(OUTSIDER));
    given.when(ballot(member(1), { recognition: 'abstain' }), moment(member(1)));
    expect(given.ballots.get(member(1))).toMatchObject({ cast_by: null, choices: { recognition: 'abstain' } });
    expect(given.state).toMatchObject({ voted: [member(1)], byDeputy: [] });
    expect(refusal(given.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain('has voted themselves, and that stands');
  });

  it('is taken back, and what is in stays', () => {
    const given = named(OUTSIDER);
    given.when(ballot(member(1)), moment(OUTSIDER));
    given.when({ type: 'deputy' }, moment(member(1)));
    expect(given.state.voted).toEqual([member(1)]);
    expect(refusal(given.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain('Only person/2 casts this ballot');
    given.when({ type: 'withdraw', about: member(1) }, moment(OUTSIDER));
    expect(given.state).toMatchObject({ voted: [], byDeputy: [] });
  });

  it('is one at a time: another takes the place of the one before', () => {
    const given = named(OUTSIDER);
    given.when({ type: 'deputy', deputy: member(2) }, moment(member(1)));
    expect(given.state.deputies).toEqual([{ person: member(1), deputy: member(2) }]);
    expect(refusal(given.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain('or their deputy');
  });

  it.each<[string, () => Given<Vote>, PersonId, PersonId, string]>([
    ['themselves', openVote, member(1), member(1), 'cannot stand in for yourself'],
    ['by one who is no member', openVote, OUTSIDER, member(1), 'Only the members'],
    ['by one who stands in for another', () => named(member(2)), member(2), member(3), 'You stand in for'],
    ['one who has a deputy', () => named(member(2)), member(3), member(1), 'has named a deputy of their own'],
    ['one who is recused', () => openVote({ recused: [{ person: member(2), reason: 'x' }] }), member(1), member(2), 'recused themselves'],
    ['by one who is recused', () => openVote({ recused: [{ person: member(1), reason: 'x' }] }), member(1), member(2), 'You recused'],
    ['by one who voted', () => openVote({ voted: [member(1)] }), member(1), member(2), 'Your ballot is in'],
  ])('is not named: %s', (_, given, by, deputy, sentence) => {
    expect(refusal(given().attempt({ type: 'deputy', deputy }, moment(by)))).toContain(sentence);
  });

  it('is not named where they have left or are a bot', () => {
    const given = openVote();
    given.facts = { left: [{ id: OUTSIDER, name: 'Robot' }] };
    expect(refusal(given.attempt({ type: 'deputy', deputy: OUTSIDER }, moment(member(1))))).toContain('Robot is not an active member');
  });

  it('is not named where they are a guest', () => {
    const given = openVote();
    given.facts = { guests: [{ id: OUTSIDER, name: 'Visitor' }] };
    expect(given.attempt({ type: 'deputy', deputy: OUTSIDER }, moment(member(1)))).toMatchObject({ at: 'deputy' });
    expect(refusal(given.attempt({ type: 'deputy', deputy: OUTSIDER }, moment(member(1))))).toContain('Visitor is a guest here');
  });

  it('is not named in a vote that is over, also a moment after its deadline', () => {
    expect(refusal(openVote().attempt({ type: 'deputy', deputy: OUTSIDER }, moment(member(1), DEADLINE)))).toContain('is over');
  });
});

describe('a ballot by somebody else', () => {
  it.each<[string, () => Given<Vote>, PersonId, string]>([
    ['a stranger', openVote, OUTSIDER, 'Only person/2 casts this ballot'],
    ['another member', openVote, member(2), 'Only person/2 casts this ballot'],
    ['a deputy who recused themselves', recusedDeputy, member(2), 'You recused yourself'],
  ])('is refused: %s', (_, given, by, sentence) => {
    expect(refusal(given().attempt(ballot(member(1)), moment(by)))).toContain(sentence);
  });

  it('is refused with the reason: a deputy’s deputy', () => {
    const given = named(member(2));
    given.facts = row(OUTSIDER, START, DEADLINE, member(2));
    expect(refusal(given.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain(
      'You stand in for person/3, who stands in for person/2: a deputy cannot pass a ballot on',
    );
    given.when(ballot(member(2)), moment(OUTSIDER));
    expect(given.state.voted).toEqual([member(2)]);
  });

  it('is taken a millisecond before the deadline, and refused at it', () => {
    expect(refusal(named(OUTSIDER).attempt(ballot(member(1)), moment(OUTSIDER, DEADLINE)))).toContain('This vote closed');
    named(OUTSIDER).when(ballot(member(1)), moment(OUTSIDER, DEADLINE - 1));
  });

  it('of two at once one counts: the form of the other is refused', () => {
    const given = named(OUTSIDER);
    given.when(ballot(member(1), { seen: 0 }), moment(OUTSIDER));
    expect(refusal(given.attempt(ballot(member(1), { seen: 0 }), moment(member(1))))).toContain('nothing was overwritten');
  });

  describe.each([
    ['nothing is cast', () => named(OUTSIDER)],
    [
      'the deputy has cast',
      () => {
        const given = named(OUTSIDER);
        given.when(ballot(member(1), { recognition: 'abstain' }), moment(OUTSIDER));
        return given;
      },
    ],
  ])('that is begun where %s', (_, before) => {
    it('by the member is theirs alone', () => {
      const given = before();
      given.when(ballot(member(1), { roi: 'no-go' }), moment(member(1)));
      expect(asked(given, 'ballot', OUTSIDER)).toMatchObject({ values: { roi: 'go' } });
      expect(asked(given, 'reasons', OUTSIDER, START, member(1))).toMatchObject({ refused: expect.anything() });
      expect(refusal(given.attempt({ type: 'reasons', about: member(1), roi: 'x' }, moment(OUTSIDER)))).toContain('nothing left');
      given.when(ballot(member(1)), moment(OUTSIDER));
      expect(given.ballots.get(member(1))).toMatchObject({
        cast_by: OUTSIDER,
        choices: allGo,
        draft: { roi: 'no-go' },
        draft_by: member(1),
      });
      expect(asked(given, 'ballot', member(1))).toMatchObject({ values: { roi: 'no-go' } });
      given.when({ type: 'reasons', roi: 'Too dear' }, moment(member(1)));
      expect(given.ballots.get(member(1))).toMatchObject({ cast_by: null, choices: { roi: 'no-go' }, draft: null, draft_by: null });
    });

    it('by the deputy is theirs alone, and ends with the deputyship', () => {
      const given = before();
      given.when(ballot(member(1), { roi: 'no-go' }), moment(OUTSIDER));
      expect(asked(given, 'ballot', OUTSIDER)).toMatchObject({ values: { roi: 'no-go' } });
      expect(asked(given, 'ballot', member(1))).toMatchObject({ values: { roi: 'go' } });
      expect(refusal(given.attempt({ type: 'reasons', roi: 'x' }, moment(member(1))))).toContain('nothing left');
      given.when({ type: 'deputy', deputy: member(3) }, moment(member(1)));
      expect(refusal(given.attempt({ type: 'reasons', about: member(1), roi: 'x' }, moment(OUTSIDER)))).toContain('Only person/2');
      expect(asked(given, 'ballot', member(3), START, member(1))).toMatchObject({ values: { roi: 'go' } });
      given.when(ballot(member(1)), moment(member(1)));
      expect(given.ballots.get(member(1))).toMatchObject({ cast_by: null, choices: allGo, draft: null, draft_by: null });
    });
  });

  it('is not held up by a draft that somebody else began meanwhile', () => {
    const given = named(OUTSIDER);
    given.when(ballot(member(1), { roi: 'no-go' }), moment(OUTSIDER));
    given.when(ballot(member(1), { seen: 0 }), moment(member(1)));
    expect(given.state.voted).toEqual([member(1)]);
    given.when({ type: 'withdraw', seen: 2 }, moment(member(1)));
    expect(refusal(given.attempt(ballot(member(1), { seen: 2 }), moment(member(1))))).toContain('nothing was overwritten');
  });

  it.each([
    ['has left', { active: 0, guest: 0 }, 'not an active member here any more'],
    ['is a guest', { active: 1, guest: 1 }, 'guests cast no ballots'],
  ])('is refused where the one who casts it %s, and anything else that only members do', (_, is, sentence) => {
    const given = named(OUTSIDER);
    given.facts = { acting: [{ id: OUTSIDER, ...is }] };
    expect(refusal(given.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain(sentence);
    given.facts = { acting: [{ id: member(1), ...is }] };
    for (const input of [ballot(member(1)), { type: 'recuse', reason: 'x' }])
      expect(refusal(given.attempt(input, moment(member(1))))).toContain(sentence);
  });

  it('shows a deputy nothing of what the member began', () => {
    const given = named(OUTSIDER);
    given.when(ballot(member(1), { roi: 'no-go' }), moment(member(1)));
    expect(asked(given, 'ballot', OUTSIDER)).toMatchObject({ values: { roi: 'go' } });
    expect(asked(given, 'reasons', OUTSIDER, START, member(1))).toMatchObject({ refused: expect.anything() });
    expect(refusal(given.attempt({ type: 'reasons', about: member(1), roi: 'x' }, moment(OUTSIDER)))).toContain('nothing left');
  });
});

describe('a deputy for a time', () => {
  const given = (from: number, until: number) => {
    const one = openVote();
    one.facts = row(OUTSIDER, from, until);
    return one;
  };

  it.each([
    ['from the first moment', START, START + DAY, true],
    ['not a millisecond before', START + 1, START + DAY, false],
    ['not from its end on', START - DAY, START, false],
  ])('votes %s', (_, from, until, may) => {
    const step = given(from, until).attempt(ballot(member(1)), moment(OUTSIDER));
    expect('refused' in step).toBe(!may);
    const asks = { deputies: row(OUTSIDER, from, until).deputies as never };
    expect(voicesOf(openVote().state, member(1), { at: START }, asks)).toEqual(may ? [member(1), OUTSIDER] : [member(1)]);
  });

  it('gives way to the one named for the vote', () => {
    const one = given(START, DEADLINE);
    one.when({ type: 'deputy', deputy: member(3) }, moment(member(1)));
    expect(refusal(one.attempt(ballot(member(1)), moment(OUTSIDER)))).toContain('or their deputy person/4');
  });

  const founded = (): Given<Body> =>
    new Given<Body>(body, {
      name: 'Board',
      members: electors,
      chair: CHAIR,
      quorum: { kind: 'count', count: 2 },
      rule: 'majority',
      casting: false,
      founded: { by: PM, at: START },
    });
  const naming = (deputy: PersonId, from = '2027-03-01', until = '2027-03-14') => ({ type: 'deputy', deputy, from, until });

  it('is named from the first until the end of the last day in the member’s zone, also across a clock change', () => {
    const one = founded();
    one.when(naming(OUTSIDER, '2027-03-27', '2027-03-28'), moment(member(1)));
    const [records] = one.flow.records(one.state, one.id).filter(({ table }) => table === 'deputies');
    expect(records!.row).toEqual({
      flow: 'body/1',
      person: member(1),
      deputy: OUTSIDER,
      from_at: Date.UTC(2027, 2, 26, 23),
      until_at: Date.UTC(2027, 2, 28, 22),
    });
    expect(one.keys).toHaveLength(1);
    one.when({ type: 'no-deputy' }, moment(member(1)));
    expect(one.flow.records(one.state, one.id).some(({ table }) => table === 'deputies')).toBe(false);
    expect(refusal(one.attempt({ type: 'no-deputy' }, moment(member(1))))).toContain('You have no deputy');
  });

  it.each<[string, object, PersonId, string]>([
    ['oneself', naming(member(1)), member(1), 'cannot stand in for yourself'],
    ['by one who is no member', naming(member(1)), OUTSIDER, 'Only the members'],
    ['with the days the wrong way round', naming(OUTSIDER, '2027-03-05', '2027-03-04'), member(1), 'before the first'],
    ['for days that have passed', naming(OUTSIDER, '2027-02-05', '2027-03-04'), member(1), 'has passed'],
    ['one who has a deputy in that time', naming(member(2), '2027-03-14', '2027-03-20'), member(1), 'deputy of their own'],
    ['by one who stands in in that time', naming(OUTSIDER), member(3), 'You stand in for person/3'],
  ])('is not named: %s', (_, input, by, sentence) => {
    const one = founded();
    one.when(naming(member(3)), moment(member(2)));
    expect(refusal(one.attempt(input as never, moment(by)))).toContain(sentence);
  });

  it('is not named where they are a guest or have left, and neither is a member', () => {
    const guests = [{ id: OUTSIDER, name: 'Visitor' }];
    for (const [facts, sentence] of [
      [{ guests }, 'Visitor is a guest here'],
      [{ left: guests }, 'Visitor is not an active member'],
    ] as const) {
      const one = founded();
      one.facts = facts;
      expect(one.attempt(naming(OUTSIDER), moment(member(1)))).toMatchObject({ at: 'deputy' });
      expect(refusal(one.attempt(naming(OUTSIDER), moment(member(1))))).toContain(sentence);
      const edited = { type: 'edit', name: 'Board', members: electors, chair: CHAIR, quorum: '2', rule: 'majority', casting: false };
      const more = { ...edited, members: [...electors, OUTSIDER] };
      expect(one.attempt(more, moment(CHAIR))).toMatchObject({ at: 'members' });
      expect(one.attempt({ ...edited, chair: OUTSIDER }, moment(CHAIR))).toMatchObject({ at: 'chair' });
      expect(refusal(one.attempt(more, moment(CHAIR)))).toContain(sentence);
      // Who is a member already stays one until somebody takes them out.
      one.facts = { guests: [{ id: member(1), name: 'Member 1' }] };
      one.when(edited, moment(CHAIR));
    }
  });

  it('may have a deputy of their own at another time', () => {
    const one = founded();
    one.when(naming(member(3)), moment(member(2)));
    one.when(naming(member(2), '2027-03-15', '2027-03-20'), moment(member(1)));
    expect(one.state.deputies).toHaveLength(2);
  });
});

describe('withdrawing a ballot', () => {
  it('takes it out of turnout and count, and it can be cast again', () => {
    const given = openVote();
    for (const one of [member(1), member(2)]) given.when(ballot(one), moment(one));
    expect(given.surface('vote')).toContain('Quorum: 2, reached');
    given.when({ type: 'withdraw', seen: 1 }, moment(member(1)));
    expect(given.state.voted).toEqual([member(2)]);
    expect(given.surface('vote')).not.toContain('reached');
    expect(given.ballots.get(member(1))).toMatchObject({ number: 2, choices: null, reasons: {}, cast_at: null, cast_by: null });
    expect(refusal(given.attempt({ type: 'close' }, moment(CHAIR)))).toContain('quorum is not reached: 1 of the 2');
    given.when(ballot(member(1), { seen: 2 }), moment(member(1)));
    expect(given.state.voted).toEqual([member(2), member(1)]);
  });

  it.each<[string, Partial<Vote>, PersonId, number, string]>([
    ['without one', {}, member(2), START, 'no ballot in this vote to withdraw'],
    ['where ballots cannot be changed', { changes: false }, member(1), START, 'cannot be changed'],
    ['at the deadline', {}, member(1), DEADLINE, 'This vote closed'],
    ['of another', {}, OUTSIDER, START, 'Only the members'],
  ])('is refused: %s', (_, differently, by, at, sentence) => {
    const given = openVote(differently);
    given.when(ballot(member(1)), moment(member(1)));
    expect(refusal(given.attempt({ type: 'withdraw' }, moment(by, at)))).toContain(sentence);
  });

  it('leaves a ballot that changed meanwhile', () => {
    const given = openVote();
    given.when(ballot(member(1)), moment(member(1)));
    given.when(ballot(member(1)), moment(member(1)));
    expect(refusal(given.attempt({ type: 'withdraw', seen: 1 }, moment(member(1))))).toContain('it still stands');
  });

  it('of a deputy’s is the deputy’s or the member’s, and no deputy’s of the member’s own', () => {
    const given = named(OUTSIDER);
    given.when(ballot(member(1)), moment(member(1)));
    expect(refusal(given.attempt({ type: 'withdraw', about: member(1) }, moment(OUTSIDER)))).toContain('that stands');
    given.when({ type: 'withdraw' }, moment(member(1)));
    expect(given.state.voted).toEqual([]);
  });
});

describe('how it stands', () => {
  const soFar = (given: Given<Vote>, by: PersonId, at = START) => given.attempt({ type: 'so-far' }, moment(by, at));

  it('is told, without names, to who has voted', () => {
    const given = openVote();
    given.when(ballot(member(1)), moment(member(1)));
    given.when(ballot(member(2), { recognition: 'not seen' }), moment(member(2)));
    const said = inWords(given.when({ type: 'so-far' }, moment(member(1))).say!);
    expect(said).toContain('2 of 4 have voted. All go on 14 of 15 criteria. Otherwise: Recognition: 1 go, 1 against.');
    expect(said).not.toContain('person/');
  });

  it.each<[string, () => Given<Vote>, PersonId, number, string]>([
    ['before one’s own ballot', openVote, member(1), START, 'once your ballot is in'],
    ['to an outsider', openVote, OUTSIDER, START, 'Only those who vote'],
    ['after the deadline', openVote, member(1), DEADLINE, 'is over'],
    ['of a secret vote', () => openVote({ secret: true, voted: [member(1)] } as object), member(1), START, 'secret'],
  ])('is not told %s', (_, given, by, at, sentence) => {
    expect(refusal(soFar(given(), by, at))).toContain(sentence);
  });

  it('is not told to a deputy with a ballot still to give', () => {
    const given = named(member(2));
    given.when(ballot(member(2)), moment(member(2)));
    expect(refusal(soFar(given, member(2)))).toContain('every ballot that is yours to give');
    given.when(ballot(member(1)), moment(member(2)));
    expect(soFar(given, member(2))).toHaveProperty('say');
    expect(soFar(given, member(1))).toHaveProperty('say');
  });
});

describe('a chair who has left', () => {
  const given = () => {
    const one = openVote();
    for (const who of [member(1), member(2)]) one.when(ballot(who), moment(who, START + HOUR));
    return one;
  };

  it('is stood in for by the one who opened the vote, who alone may close it then', () => {
    const one = given();
    expect(refusal(one.attempt({ type: 'close' }, moment(PM)))).toContain('Only the chair');
    one.facts = { left: [{ id: CHAIR, name: 'Chair' }] };
    expect(refusal(one.attempt({ type: 'close' }, moment(member(1))))).toContain('Only the one who opened the vote');
    one.when({ type: 'close' }, moment(PM));
    expect(one.state.closed).toMatchObject({ outcome: 'GO', by: PM });
  });
});

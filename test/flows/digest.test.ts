import { describe, expect, it } from 'vitest';
import { digest } from '../../flows/digest/digest.ts';
import type { Digest } from '../../flows/digest/state.ts';
import { askedAway } from '../../flows/vote/nudging.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, churn, DAY, Given, HOUR, inWords, member, moment, PM, START, start, taken } from './given.ts';
import { allGo, openVote } from './votes.ts';

const READER = member(1);
const BERLIN = 'Europe/Berlin';
/** 2027-03-01, 10:00 in Berlin. */
const NOW = START;
const NIGHT = START + 14 * HOUR;
const MORNING = START + 22 * HOUR;
/** When the votes close, in the afternoon. */
const DEADLINE = START + 3 * DAY + 6 * HOUR;

const ballot = (n: number, deadline: number, more: object = {}) => ({
  person: READER,
  vote: `vote/${n}`,
  elector: READER,
  title: `Case ${n}`,
  committee: 'Board',
  deadline,
  from_at: null,
  until_at: null,
  ...more,
});
const ask = (deadline = NOW + DAY, zone = BERLIN) => ({ type: 'ask', person: READER, zone, deadline });

function asked(ballots: readonly object[], at = NOW, deadline?: number, more: object = {}): Given<Digest> {
  const facts = { ballots, ...more };
  const given = new Given<Digest>(digest, taken(start<Digest>(digest, ask(deadline), moment(undefined, at), facts)).state);
  given.facts = facts;
  return given;
}

describe('a digest', () => {
  it('is one message over all votes, the soonest first, each with its deadline and a button', () => {
    const given = asked([ballot(2, NOW + 3 * DAY), ballot(1, NOW + DAY), ballot(3, NOW + 2 * DAY, { elector: member(2) })]);
    expect(given.keys).toEqual(['digest 2027-03-01']);
    const shown = given.surface('digest 2027-03-01');
    expect(shown).toContain('3 ballots are missing');
    const at = ['"vote/1"', '"vote/3"', '"vote/2"'].map((one) => shown.indexOf(one));
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(shown).toContain(String(NOW + DAY));
    expect(shown).toContain(`"about":"${member(2)}"`);
    expect(shown).toContain('You get this because');
  });

  it('is sent once a day, however often it is asked for; what came later is put into it', () => {
    const given = asked([ballot(1, NOW + DAY)]);
    given.facts = { ballots: [ballot(1, NOW + DAY), ballot(2, NOW + 2 * HOUR)] };
    given.when(ask(), moment(undefined, NOW + HOUR));
    expect(given.keys).toEqual(['digest 2027-03-01']);
    expect(given.surface('digest 2027-03-01')).toContain('Case 2');
    given.when(ask(), moment(undefined, NOW + DAY - HOUR));
    expect(given.keys).toEqual(['digest 2027-03-02']);
  });

  it('is not sent again on the day on which all was done', () => {
    const given = asked([ballot(1, NOW + DAY)]);
    given.facts = { ballots: [] };
    given.when({ type: 'look' }, moment(undefined, NOW + HOUR));
    expect([given.keys, given.timers]).toEqual([[], []]);
    given.facts = { ballots: [ballot(2, NOW + 5 * HOUR)] };
    given.when(ask(), moment(undefined, NOW + 2 * HOUR));
    expect(given.keys).toEqual([]);
  });

  it('takes nothing in by itself, and lets go of what is over', () => {
    const given = asked([ballot(1, NOW + HOUR), ballot(2, NOW + DAY)]);
    expect(given.timers).toEqual([{ key: 'look', at: NOW + HOUR }]);
    given.facts = { ballots: [ballot(1, NOW + HOUR), ballot(2, NOW + 2 * DAY), ballot(3, NOW + DAY)] };
    given.when({ type: 'look' }, moment(undefined, NOW + HOUR, NOW + HOUR));
    expect(given.state.missing).toEqual([expect.objectContaining({ vote: 'vote/2', deadline: NOW + 2 * DAY })]);
    expect(given.flow.records(given.state, 'digest/2')).toEqual([
      { table: 'digest_ballots', row: { digest: 'digest/2', vote: 'vote/2', elector: READER } },
    ]);
  });

  it('waits at night for the morning, and sends what is missing then', () => {
    const given = asked([ballot(1, NOW + 2 * DAY)], NIGHT, NOW + 2 * DAY);
    expect(given.keys).toEqual([]);
    expect(given.timers).toEqual([{ key: 'morning', at: MORNING }]);
    given.when(ask(NOW + 2 * DAY), moment(undefined, NIGHT + HOUR));
    expect(given.timers).toEqual([{ key: 'morning', at: MORNING }]);
    given.facts = { ballots: [ballot(2, NOW + 2 * DAY)] };
    given.when({ type: 'morning' }, moment(undefined, MORNING, MORNING));
    expect(given.surface('digest 2027-03-02')).toContain('Case 2');
    expect(given.timers).toEqual([{ key: 'look', at: NOW + 2 * DAY }]);
  });

  it('comes at night only where the vote that asks is over before the morning', () => {
    expect(asked([ballot(1, MORNING)], NIGHT, MORNING).keys).toEqual(['digest 2027-03-02']);
    expect(asked([ballot(1, MORNING + 1)], NIGHT, MORNING + 1).keys).toEqual([]);
  });

  it('goes by where the person is now', () => {
    const self = [{ id: READER, name: 'Member 1', zone: 'America/Los_Angeles', active: 1 }];
    expect(asked([ballot(1, NOW + DAY)], NOW, NOW + DAY, { self }).timers).toEqual([{ key: 'morning', at: NOW + 7 * HOUR }]);
  });

  it.each([
    ['nothing is missing any more', [], {}],
    ['all that is missing is over', [ballot(1, NOW)], {}],
    ['the deputyship has not begun', [ballot(1, NOW + DAY, { elector: member(2), from_at: NOW + 1, until_at: NOW + DAY })], {}],
    ['the deputyship has ended', [ballot(1, NOW + DAY, { elector: member(2), from_at: NOW - DAY, until_at: NOW })], {}],
    ['the person has left', [ballot(1, NOW + DAY)], { self: [{ id: READER, name: '', zone: null, active: 0 }] }],
  ])('is not sent when %s', (_, ballots, more) => {
    expect(asked(ballots, NOW, undefined, more).keys).toEqual([]);
  });
});

describe('an absence', () => {
  const away = (until_at: number | null, more: object = {}) => ({ absences: [{ person: READER, until_at }], ...more });
  const shown = (given: Given<Digest>) => given.surface('digest 2027-03-01');
  const deputy = (flow: string, more: object = {}) => ({
    deputies: [{ flow, person: READER, deputy: PM, from_at: null, until_at: null, ...more }],
  });
  const body = { body: 'body/1' };

  it.each([
    ['without an end', NOW + DAY, away(null), true],
    ['with an end', NOW + DAY, away(NOW + DAY), true],
    ['that has ended', NOW + DAY, away(NOW), false],
    ['that is none', NOW + DAY, {}, false],
    ['with a deputy in the vote', NOW + DAY, away(null, deputy('vote/1')), false],
    ['with a deputy in the committee', NOW + DAY, away(null, deputy('body/1', { from_at: NOW, until_at: NOW + 1 })), false],
    ['with one who is not yet', NOW + DAY, away(null, deputy('body/1', { from_at: NOW + 1, until_at: NOW + DAY })), true],
    ['with one who is no more', NOW + DAY, away(null, deputy('body/1', { from_at: START - DAY, until_at: NOW })), true],
    ['with a deputy elsewhere', NOW + DAY, away(null, deputy('vote/2')), true],
  ])('%s is a reason to name a deputy, or not', (_, deadline, facts, isOffered) => {
    const given = asked([ballot(1, deadline, body)], NOW, deadline, facts);
    expect(shown(given).includes('Your status says that you are away')).toBe(isOffered);
    expect(shown(given).includes('"input":"deputy"')).toBe(isOffered);
  });

  it('offers nothing for ballots of others', () => {
    expect(shown(asked([ballot(1, NOW + DAY, { elector: member(2) })], NOW, NOW + DAY, away(null)))).not.toContain('"input":"deputy"');
  });

  const offering = (facts: object, at = NOW) => {
    const brief = { ...ask(), offer: true };
    return new Given<Digest>(
      digest,
      taken(start<Digest>(digest, brief, moment(undefined, at), { ballots: [ballot(1, NOW + DAY, body)], ...facts })).state,
    );
  };

  it('alone sends the offer, but no reminder without one', () => {
    expect(offering(away(null)).keys).toEqual(['digest 2027-03-01']);
    expect(offering({}).keys).toEqual([]);
    expect(offering(away(null, deputy('vote/1'))).keys).toEqual([]);
  });

  it('waits for the morning, too, and turns into a reminder where one is asked for meanwhile', () => {
    const given = offering(away(null), NIGHT - DAY);
    expect(given.state).toMatchObject({ waits: MORNING - DAY, offers: true });
    given.facts = { ballots: [ballot(1, NOW + DAY, body)] };
    const reminded = new Given<Digest>(digest, given.state);
    reminded.facts = given.facts;
    given.when({ type: 'morning' }, moment(undefined, MORNING - DAY, MORNING - DAY));
    expect(given.keys).toEqual([]);
    reminded.when(ask(), moment(undefined, NIGHT - DAY + HOUR));
    reminded.when({ type: 'morning' }, moment(undefined, MORNING - DAY, MORNING - DAY));
    expect(reminded.keys).toEqual(['digest 2027-03-01']);
  });

  it('is looked at when a vote opens, where it lasts until the vote closes', () => {
    const electors = [CHAIR, member(1), member(2), member(3)];
    const profile = (person: PersonId, isAway: 0 | 1, away_until: number | null) =>
      ({ body: 'body/1', person, zone: null, away: isAway, away_until }) as const;
    const profiles = [
      profile(CHAIR, 1, null),
      profile(member(1), 1, NOW + DAY),
      profile(member(2), 1, NOW + DAY - 1),
      profile(member(3), 0, null),
      profile(PM, 1, null),
    ];
    expect(askedAway(electors, profiles, NOW + DAY, moment(PM))).toEqual({
      asked: [{ nudge: 'away', at: NOW, people: [CHAIR, member(1)] }],
    });
    const given = opened({ ...askedAway(electors, profiles, NOW + DAY, moment(PM)) });
    expect(given.flow.timers(given.state, given.id)).toContainEqual(
      expect.objectContaining({ key: `ask away ${CHAIR}`, to: 'digest/1', input: expect.objectContaining({ offer: true }) }),
    );
    expect(askedAway(electors, [], NOW + DAY, moment(PM))).toEqual({});
  });
});

describe('what a vote asks of digests', () => {
  const zones = { zone: BERLIN, others: { [member(2)]: 'Asia/Tokyo', [member(3)]: 'America/Los_Angeles' } };
  const asks = (given: Given<Vote>) => given.timers.filter(({ key }) => key.startsWith('ask')).map(({ key, at, to }) => [key, at, to]);

  it('asks each whose ballot is missing, by day where they are', () => {
    const given = opened({ zones });
    expect(given.timers.filter(({ key }) => key.startsWith('nudge'))).toEqual([
      { key: 'nudge a day', at: DEADLINE - DAY },
      // It closes at seven in the morning in Los Angeles, where the evening before is twelve hours earlier.
      { key: 'nudge two hours', at: DEADLINE - 12 * HOUR },
    ]);
    given.when({ type: 'ballot', ...allGo }, moment(CHAIR));
    given.when({ type: 'nudge', nudge: 'two hours' }, moment(undefined, DEADLINE - 12 * HOUR, DEADLINE - 12 * HOUR));
    expect(asks(given)).toEqual([
      [`ask two hours ${member(1)}`, DEADLINE - 2 * HOUR, 'digest/2'],
      // In Tokyo it closes at midnight.
      [`ask two hours ${member(2)}`, DEADLINE - 5 * HOUR, 'digest/3'],
      [`ask two hours ${member(3)}`, DEADLINE - 12 * HOUR, 'digest/4'],
    ]);
  });

  it('asks a deputy beside the member, and nobody twice', () => {
    const given = opened({ zones, deputies: [{ person: member(1), deputy: member(2) }] });
    given.facts = { deputies: [{ flow: 'body/1', person: CHAIR, name: 'Chair', deputy: PM, from_at: START, until_at: START + 9 * DAY }] };
    given.when({ type: 'ballot', ...allGo }, moment(member(3)));
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE - DAY, DEADLINE - DAY));
    const people = asks(given).map(([key]) => key);
    expect(people).toEqual([CHAIR, PM, member(1), member(2)].map((one) => `ask a day ${one}`));
    expect(new Set(people).size).toBe(4);
  });

  it('asks nobody who recused themselves to stand in', () => {
    const given = opened({
      zones,
      recused: [{ person: member(2), reason: 'I sell it' }],
      deputies: [{ person: member(1), deputy: member(2) }],
    });
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE - DAY, DEADLINE - DAY));
    expect(asks(given).map(([, , to]) => to)).toEqual(['digest/1', 'digest/2', 'digest/4']);
  });

  it('asks late rather than not at all, but nobody after the deadline, and each nudge once', () => {
    const given = opened({ zones });
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE - HOUR, DEADLINE - DAY));
    expect(asks(given)).toHaveLength(4);
    expect(asks(given).every(([, at]) => at === DEADLINE - HOUR)).toBe(true);
    const { state } = given;
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE - HOUR, DEADLINE - DAY));
    expect(given.state).toEqual(state);
    const over = opened({ zones });
    over.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE, DEADLINE - DAY));
    expect(asks(over)).toEqual([]);
  });

  it('does not remind of what opens after the reminder’s time', () => {
    expect(opened({ zones, deadline: START + HOUR }).timers.map(({ key }) => key)).toEqual(['deadline']);
  });

  it('counts a day before by the clock of each zone where the clocks change between', () => {
    const zone = 'Europe/Berlin';
    const deadline = Date.UTC(2027, 2, 28, 13);
    const berlin = opened({ zones: { zone }, opened: { by: PM, at: deadline - 9 * DAY }, deadline });
    expect(berlin.timers.find(({ key }) => key === 'nudge a day')?.at).toBe(deadline - 23 * HOUR);
    const both = opened({ zones: { zone, others: { [CHAIR]: 'UTC' } }, opened: { by: PM, at: deadline - 9 * DAY }, deadline });
    expect(both.timers.find(({ key }) => key === 'nudge a day')?.at).toBe(deadline - DAY);
  });

  const listed = [{ digest: 'digest/2', vote: 'vote/1', elector: member(1) }];
  const tells = (given: Given<Vote>) => given.timers.filter(({ key }) => key.startsWith('tell'));

  it.each([
    ['a ballot', { type: 'ballot', ...allGo }, member(1)],
    ['a recusal', { type: 'recuse', reason: 'I sell it' }, member(1)],
    ['a deputy', { type: 'deputy', deputy: PM }, member(1)],
    ['an extension', { type: 'extend', deadline: START + 9 * DAY, reason: 'Two are ill' }, CHAIR],
    ['a cancellation', { type: 'cancel', reason: 'A mistake' }, CHAIR],
    ['the close', { type: 'deadline' }, undefined],
  ] as const)('tells the digests that it stands in of %s', (_, input, who) => {
    const given = opened({ zones });
    given.facts = { listed };
    given.when(input, moment(who, START + HOUR, who ? undefined : DEADLINE));
    expect(tells(given)).toEqual([{ key: 'tell 1 digest/2', at: START + HOUR, to: 'digest/2' }]);
  });

  it('tells twice of two changes in the same moment, and forgets after an hour', () => {
    const given = opened({ zones });
    given.facts = { listed };
    given.when({ type: 'ballot', ...allGo }, moment(member(1)));
    given.when({ type: 'withdraw' }, moment(member(1)));
    expect(tells(given).map(({ key }) => key)).toEqual(['tell 2 digest/2']);
    given.facts = {};
    given.when({ type: 'ballot', ...allGo }, moment(member(1), START + HOUR + 1));
    expect(tells(given)).toEqual([]);
  });

  it('tells nothing where nothing changed', () => {
    const given = opened({ zones });
    given.facts = { listed };
    given.attempt({ type: 'ballot', ...allGo }, moment(PM));
    given.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(CHAIR));
    expect(tells(given)).toEqual([]);
  });

  it('keeps the zones of its electors as they are when it opens', () => {
    const facts = {
      initiatives: [churn],
      bodies: [{ id: 'body/1', name: 'Board', chair: CHAIR, rule: 'majority', quorum: '60 %', casting: 0 }],
      members: [CHAIR, member(1), member(2)].map((person) => ({ body: 'body/1', person })),
      votes: [],
      reviews: [],
      checks: [],
      actions: [],
      evidence: [],
      profiles: [
        { body: 'body/1', person: CHAIR, zone: BERLIN },
        { body: 'body/1', person: member(1), zone: 'Asia/Tokyo' },
        { body: 'body/1', person: member(2), zone: null },
      ],
      rooms: [{ id: 'channel/1', name: 'board', zone: 'America/New_York' }],
    };
    const brief = {
      initiative: 'initiative/1',
      body: 'body/1',
      channel: 'channel/1',
      deadline: START + DAY,
      rule: 'majority',
      quorum: '60 %',
      changes: true,
      without: 'It is small',
      startedBy: CHAIR,
    };
    const zonesAt = (by: PersonId | undefined) =>
      taken(start<Vote>(vote, brief, { ...moment(by), zone: by ? BERLIN : 'UTC' }, facts)).state.zones;
    expect(zonesAt(PM)).toEqual({ zone: BERLIN, others: { [member(1)]: 'Asia/Tokyo' } });
    // Where the clock opens it, the channel is the place.
    expect(zonesAt(undefined)).toEqual({ zone: 'America/New_York', others: { [CHAIR]: BERLIN, [member(1)]: 'Asia/Tokyo' } });
    expect(vote.open.needs!('', moment(PM), undefined, { body: 'body/1', channel: 'C1' })).toContainEqual({
      as: 'profiles',
      rows: 'member_profiles',
      where: { body: 'body/1' },
    });
  });
});

describe('the chair’s nudge', () => {
  it('does not go to a deputy who recused themselves', () => {
    const recused = [{ person: member(2), reason: 'I sell it' }];
    const given = opened({ deputies: [{ person: member(1), deputy: member(2) }], recused });
    given.when({ type: 'prompt' }, moment(CHAIR));
    expect(given.keys).not.toContain(`nudge by chair ${START} ${member(2)}`);
  });

  it('goes to a deputy, too, once for all whom they stand in for', () => {
    const given = opened({ deputies: [member(1), member(2)].map((person) => ({ person, deputy: PM })) });
    given.facts = { deputies: [{ flow: 'body/1', person: CHAIR, name: '', deputy: member(3), from_at: START, until_at: START + 9 * DAY }] };
    expect(inWords(given.when({ type: 'prompt' }, moment(CHAIR)).say!)).toBe(
      'Nudged: 4 members without a ballot, and their deputies. Whoever has muted such nudges gets none.',
    );
    const nudges = () => given.keys.filter((key) => key.startsWith('nudge by chair')).map((key) => key.split(' ').at(-1));
    expect(nudges()).toEqual([CHAIR, member(3), member(1), PM, member(2)]);
    expect(given.surface(`nudge by chair ${START} ${PM}`)).toContain('You may cast the ballot of');
    given.when({ type: 'ballot', ...allGo }, moment(member(1)));
    expect(nudges()).toEqual([CHAIR, member(3), member(2), PM]);
    expect(given.surface(`nudge by chair ${START} ${PM}`)).toContain(`"about":"${member(2)}"`);
  });
});

const opened = (more: Partial<Vote> = {}): Given<Vote> => openVote({ deadline: DEADLINE, ...more });

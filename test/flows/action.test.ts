import { describe, expect, it } from 'vitest';
import { action } from '../../flows/action/action.ts';
import { type Action, escalateAt, remindAfter } from '../../flows/action/state.ts';
import { actions } from '../../flows/pages/actions.ts';
import type { PersonId } from '../../src/id.ts';
import { cardInWords, CHAIR, DAY, Given, HOUR, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

const OWNER = member(1);
const STARTER = member(2);
const STRANGER: PersonId = 'person/66';
const GONE: PersonId = 'person/77';
/** Nine in Berlin on the due day, 15 March, and a week later. */
const DUE = Date.UTC(2027, 2, 15, 8);

const initiative = { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR } as const;
const brief = {
  type: 'open',
  title: 'Monitoring and alerting run',
  why: 'No alerts *yet*',
  initiative,
  channel: 'channel/2',
  owner: OWNER,
  due: '2027-03-15',
  origin: 'readiness/3',
  startedBy: STARTER,
  zone: 'Europe/Berlin',
};

class Done extends Given<Action> {
  override attempt(input: { type: string } & Record<string, unknown>, at = moment(OWNER)) {
    return action.step(this.state, input as never, at, { left: [{ id: GONE, name: 'Former member' }] });
  }
}

const opened = (differently: object = {}, at = START): Done =>
  new Done(action, taken(start<Action>(action, { ...brief, ...differently }, moment(undefined, at, at), {})).state);
const fire = (given: Done, type: string, at: number) => given.when({ type }, moment(undefined, at, at));
const escalated = (): Done => {
  const given = opened();
  fire(given, 'remind', DUE);
  fire(given, 'escalate', DUE + 7 * DAY);
  return given;
};

describe('an action', () => {
  it('is asked of its owner by a direct message that says what, why and whence', () => {
    const given = opened();
    expect(given.flow.surfaces(given.state, given.id)).toMatchObject([{ key: 'ask 1', to: OWNER, brief: true }]);
    expect(given.surface('ask 1')).toContain('{"kind":"typed","text":"No alerts *yet*"}');
    expect(given.surface('ask 1')).toContain('Readiness check 3');
    expect(given.surface('ask 1')).not.toContain('"Drop"');
    expect(action.records(given.state, 'action/1')).toEqual([
      {
        table: 'actions',
        row: {
          flow: 'action/1',
          key: 'action',
          initiative: 'initiative/1',
          title: 'Monitoring and alerting run',
          owner: OWNER,
          due: '2027-03-15',
          state: 'open',
          origin: 'readiness/3',
          met_at: null,
          missed_at: null,
        },
      },
    ]);
  });

  it.each([
    ['the initiative’s owner', { owner: PM }],
    ['who asked for it themselves', { owner: STARTER }],
  ])('can be dropped from the message of %s', (_, differently) => {
    expect(opened(differently).surface('ask 1')).toContain('"Drop"');
  });

  it('is in UTC when nobody says where', () => {
    expect(opened({ zone: undefined }).timers).toEqual([
      { key: 'remind', at: Date.UTC(2027, 2, 15, 9) },
      { key: 'escalate', at: Date.UTC(2027, 2, 22, 9) },
    ]);
  });

  it('reminds on the due day at nine, then weekly, also over a clock change', () => {
    const given = opened();
    expect(given.timers).toEqual([
      { key: 'remind', at: DUE },
      { key: 'escalate', at: DUE + 7 * DAY },
    ]);
    fire(given, 'remind', DUE);
    expect(given.keys).toEqual(['ask 1', 'reminder 1 2027-03-15 1']);
    expect(given.surface('reminder 1 2027-03-15 1')).toContain('Due today');
    fire(given, 'remind', given.state.remind);
    expect(given.surface('reminder 1 2027-03-15 2')).toContain('Overdue');
    // Germany changes its clocks on 28 March.
    expect(given.state.remind).toBe(Date.UTC(2027, 2, 29, 7));
    fire(given, 'remind', given.state.remind);
    expect(given.state.remind).toBe(Date.UTC(2027, 3, 5, 7));
    expect(given.keys.filter((key) => key.startsWith('reminder'))).toEqual(['reminder 1 2027-03-15 3']);
  });

  it('reminds once after a downtime of months, and goes on from there', () => {
    const given = opened();
    given.when({ type: 'remind' }, moment(undefined, DUE + 100 * DAY, DUE));
    expect(given.keys).toEqual(['ask 1', 'reminder 1 2027-03-15 1']);
    expect(given.surface('reminder 1 2027-03-15 1')).toContain('Overdue');
    expect(given.state.remind).toBeGreaterThan(DUE + 100 * DAY);
    expect(given.state.remind - DUE).toBeLessThan(108 * DAY);
  });

  it.each(['Pacific/Apia', 'America/St_Johns', 'Africa/Casablanca', 'Australia/Lord_Howe', 'America/Sao_Paulo'])(
    'reminds on every seventh day at nine in %s for three years, none twice',
    (zone) => {
      let at = remindAfter({ zone, due: '2027-03-15' }, START);
      for (let week = 1; week < 156; week++) {
        const next = remindAfter({ zone, due: '2027-03-15' }, at);
        expect(Math.abs(next - at - 7 * DAY)).toBeLessThanOrEqual(HOUR);
        at = next;
      }
    },
  );

  it('tells the sponsor and the channel once when it is a week overdue', () => {
    const given = escalated();
    expect(escalateAt(given.state)).toBe(DUE + 7 * DAY);
    expect(given.flow.surfaces(given.state, given.id).slice(2)).toMatchObject([
      { key: 'escalation 2027-03-15', to: 'channel/2' },
      { key: 'sponsor 2027-03-15', to: SPONSOR },
    ]);
    expect(given.timers.map(({ key }) => key)).toEqual(['remind']);
    const { state } = given;
    fire(given, 'escalate', DUE + 8 * DAY);
    expect(given.state).toBe(state);
  });

  it('spares a sponsor who owns it the second message', () => {
    const given = opened({ owner: SPONSOR });
    fire(given, 'escalate', DUE + 7 * DAY);
    expect(given.keys).toEqual(['ask 1', 'escalation 2027-03-15']);
  });
});

describe('done', () => {
  it('needs no words, and takes its owner’s message away', () => {
    const given = opened();
    given.when({ type: 'done' }, moment(OWNER, START + DAY));
    expect(given.keys).toEqual([]);
    expect(given.timers).toEqual([]);
    expect(given.kept).toEqual([]);
    expect(action.records(given.state, 'action/1')[0]!.row).toMatchObject({ state: 'done' });
    expect(action.settled!(given.state)).toBe(true);
  });

  it('keeps what was done as a row', () => {
    const given = opened();
    given.when({ type: 'done', what: 'Alerts go to the *team*' }, moment(OWNER, START + DAY));
    expect(given.kept).toEqual([
      {
        kind: 'answers',
        rows: [{ about: 'action', person: OWNER, question: 'done', value: 'Alerts go to the *team*', at: START + DAY }],
      },
    ]);
  });

  it('by somebody else is told to its owner', () => {
    const given = opened();
    given.when({ type: 'done', what: 'Seen to' }, moment(PM, START + DAY));
    expect(given.surface('ask 1')).toContain('Seen to');
    expect(given.surface('ask 1')).toContain('"buttons":[]');
  });

  it('is said in the channel only when the channel had heard of it', () => {
    const given = escalated();
    given.when({ type: 'done', what: 'Alerts run' }, moment(OWNER, DUE + 8 * DAY));
    expect(given.keys).toEqual(['escalation 2027-03-15', 'sponsor 2027-03-15', 'ended']);
    expect(given.surface('ended')).toContain('"under":"escalation 2027-03-15"');
    expect(given.surface('ended')).toContain('Alerts run');
    expect(given.surface('escalation 2027-03-15')).toContain('"buttons":[]');
  });
});

describe('moving', () => {
  it('counts, keeps the latest reason, and begins the reminders anew', () => {
    const given = escalated();
    given.when({ type: 'move', due: '2027-04-15', reason: 'The vendor is *late*' }, moment(OWNER, DUE + 8 * DAY));
    expect(given.state).toMatchObject({
      due: '2027-04-15',
      moves: 1,
      moved: { from: '2027-03-15', by: OWNER, reason: 'The vendor is *late*' },
    });
    expect(given.timers).toEqual([
      { key: 'remind', at: Date.UTC(2027, 3, 15, 7) },
      { key: 'escalate', at: Date.UTC(2027, 3, 22, 7) },
    ]);
    expect(given.keys).toEqual(['ask 1', 'escalation 2027-03-15', 'sponsor 2027-03-15']);
    expect(given.surface('escalation 2027-03-15')).toContain('It was a week overdue');
    fire(given, 'escalate', Date.UTC(2027, 3, 22, 7));
    expect(given.keys).toContain('escalation 2027-04-15');
    expect(action.records(given.state, 'action/1')[0]!.row).toMatchObject({ due: '2027-04-15', state: 'open' });
  });

  it('to today, after nine, still reminds in a week', () => {
    const given = opened();
    given.when({ type: 'move', due: '2027-03-01', reason: 'Now' }, moment(OWNER, START));
    expect(given.timers[0]).toEqual({ key: 'remind', at: START + 7 * DAY - HOUR });
  });

  it.each([
    ['a day that has passed', '2027-02-28', 'has passed'],
    ['the day it is due', '2027-03-15', 'on that day already'],
    ['more than a year away', '2028-03-02', 'more than 366 days'],
    ['the year 9999', '9999-12-31', 'more than 366 days'],
  ])('is refused to %s', (_, due, sentence) => {
    const step = opened().attempt({ type: 'move', due, reason: 'x' });
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'due' });
  });
});

describe('handing on', () => {
  it('asks the next one by a message that says who and why, and reminds them alone', () => {
    const given = opened();
    fire(given, 'remind', DUE);
    given.when({ type: 'hand-on', owner: CHAIR, note: 'You run *it*' }, moment(OWNER, DUE + HOUR));
    expect(given.flow.surfaces(given.state, given.id)).toMatchObject([{ key: 'ask 2', to: CHAIR, brief: true }]);
    expect(given.surface('ask 2')).toContain('handed it on to you');
    expect(given.surface('ask 2')).toContain('{"kind":"typed","text":"You run *it*"}');
    fire(given, 'remind', given.state.remind);
    expect(given.flow.surfaces(given.state, given.id)[1]).toMatchObject({ key: 'reminder 2 2027-03-15 1', to: CHAIR });
    expect(refusal(given.attempt({ type: 'done' }, moment(OWNER)))).toContain(`Please ask ${CHAIR} or ${PM}`);
  });

  it.each([
    ['to oneself', OWNER, OWNER, 'It is with you already'],
    ['to its owner', PM, OWNER, 'with that person already'],
    ['to somebody who left', OWNER, GONE, 'Former member is not an active member'],
  ])('is refused %s', (_, by, owner, sentence) => {
    const step = opened().attempt({ type: 'hand-on', owner }, moment(by));
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'owner' });
  });
});

describe('who may', () => {
  const all = [
    { type: 'done' },
    { type: 'move', due: '2027-04-01', reason: 'x' },
    { type: 'hand-on', owner: CHAIR },
    { type: 'drop', reason: 'x' },
  ];

  it.each(all)('$type: not a stranger, by the form or without it', (input) => {
    expect(refusal(opened().attempt(input, moment(STRANGER)))).toMatch(/^Only its owner|^An action is dropped by/);
    expect(refusal(action.inputs[input.type as 'done'].question!(opened().state, moment(STRANGER), {}, '') as never)).toMatch(/ask/);
  });

  it.each(all)('$type: nobody any more once it is done', (input) => {
    const given = opened();
    given.when({ type: 'done' }, moment(OWNER, START + DAY));
    for (const by of [OWNER, PM]) expect(refusal(given.attempt(input, moment(by)))).toContain('This action was done');
  });

  it.each([PM, SPONSOR, STARTER])('%s may do all, who stands behind it', (by) => {
    for (const input of all) expect(opened().attempt(input, moment(by))).not.toHaveProperty('refused');
  });

  it('its owner may not drop it, but is told whom to ask', () => {
    expect(refusal(opened().attempt({ type: 'drop', reason: 'x' }))).toContain(`please ask ${PM}, ${SPONSOR}, ${STARTER}`);
  });
});

describe('what the clock says', () => {
  it('drops it with its initiative, and its owner sees why', () => {
    const given = opened();
    given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined, START + DAY));
    expect(given.surface('ask 1')).toContain('the initiative is retired');
    expect(action.records(given.state, 'action/1')[0]!.row).toMatchObject({ state: 'dropped' });
    const { state } = given;
    for (const type of ['remind', 'escalate', 'end', 'moved'])
      given.when({ type, reason: 'x', initiative: {}, channel: 'channel/9' }, moment(undefined, DUE));
    expect(given.state).toBe(state);
  });

  it('follows its initiative to another sponsor and channel', () => {
    const given = opened();
    given.when({ type: 'moved', initiative: { ...initiative, sponsor: CHAIR }, channel: 'channel/5' }, moment(undefined, START + DAY));
    fire(given, 'escalate', DUE + 7 * DAY);
    expect(given.flow.surfaces(given.state, given.id).slice(1)).toMatchObject([{ to: 'channel/5' }, { to: CHAIR }]);
  });
});

describe('the list of actions', () => {
  const registered = [
    { ...initiative, stage: 'pilot', channel: 'channel/2', registered_at: START, parent: null, recontextualized: null },
    {
      ...initiative,
      id: 'initiative/2',
      name: 'Chat helper',
      owner: CHAIR,
      stage: 'pilot',
      channel: 'channel/3',
      registered_at: START,
      parent: null,
      recontextualized: null,
    },
  ] as const;
  const one = (n: number, more: object = {}) => ({
    flow: `action/${n}` as const,
    key: 'action',
    initiative: 'initiative/1' as const,
    title: `Thing ${n}`,
    owner: OWNER,
    due: '2027-03-15',
    state: 'open' as const,
    origin: 'readiness/1' as const,
    met_at: null,
    missed_at: null,
    ...more,
  });
  const show = (rows: readonly object[], about = '', reader: PersonId = OWNER) =>
    actions.show(about, moment(reader), { actions: rows as never, initiatives: registered });
  function lines(rows: readonly object[], about = '', reader: PersonId = OWNER): string {
    const shown = show(rows, about, reader);
    if ('refused' in shown || 'go' in shown) throw new Error('no card');
    const buttons = shown.parts.flatMap((part) => (part.kind === 'buttons' ? [part.buttons.map(({ label }) => label).join(' ')] : []));
    return `${cardInWords(shown)}\n${buttons.join('\n')}`;
  }

  it('marks what is overdue, and gives buttons to whom it belongs', () => {
    const rows = [one(1, { due: '2027-02-28' }), one(2, { due: '2027-03-01' }), one(3, { owner: PM })];
    expect(lines(rows)).toBe(
      [
        'Actions',
        '3 open, 1 overdue.',
        `Overdue: Thing 1, ${OWNER}, due 2027-02-28, for Churn model (Readiness check 1)`,
        `Thing 2, ${OWNER}, due 2027-03-01, for Churn model (Readiness check 1)`,
        `Thing 3, ${PM}, due 2027-03-15, for Churn model (Readiness check 1)`,
        'Actions come of readiness checks and pilot reviews. Conditions of a decision stand with it: /decisions',
        'Done Move Hand on',
        'Done Move Hand on',
      ].join('\n'),
    );
    expect(lines(rows, '', SPONSOR)).toContain('Move Hand on Drop');
    expect(lines(rows, '', STRANGER)).not.toContain('Move');
  });

  it('is of one initiative when it is named', () => {
    const rows = [one(1), one(2, { initiative: 'initiative/2' })];
    expect(lines(rows, 'chat')).toContain('Thing 2');
    expect(lines(rows, 'chat')).not.toContain('Thing 1');
    expect(refusal(show(rows, 'ch') as never)).toContain('fits several initiatives: Churn model, Chat helper');
    expect(refusal(show(rows, 'xylophone') as never)).toContain('There are: Churn model, Chat helper');
  });

  it('says that nothing is open', () => {
    expect(lines([])).toContain('Nothing is open.');
  });

  it('keeps to what a message takes, and says what it leaves out', () => {
    const many = lines(Array.from({ length: 40 }, (_, index) => one(index + 1, { title: 'T'.repeat(200) })));
    expect(many.match(/Done Move/g)).toHaveLength(12);
    expect(many.match(/due 2027/g)).toHaveLength(26);
    expect(many).toContain('And 14 more');
    expect(many).toContain(`${'T'.repeat(119)}…,`);
  });
});

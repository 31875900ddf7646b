import { describe, expect, it } from 'vitest';
import { cadence } from '../../flows/cadence/cadence.ts';
import type { Kind } from '../../flows/cadence/state.ts';
import type { Question } from '../../src/form.ts';
import { answer, buttons, due, kept, retrained, runTo, started } from './cadences.ts';
import { CHAIR, DAY, HOUR, member, moment, PM, refusal, SPONSOR, START } from './given.ts';

const asked = (given: ReturnType<typeof kept>): Question =>
  cadence.inputs.done.question!(given.state, moment(PM), {} as never, String(given.state.current!.number)) as Question;

const presented = {
  audience: 'Branch managers',
  reached: 25,
  format: 'Lunch talk',
  ideas: '- Churn of suppliers\n2. Churn of staff \n\n• Churn of suppliers',
  doubts: 'Whether it is fair',
};
const optimized = {
  adoption: 'on target',
  adoption_figure: '312 of 300',
  performance: 'under target',
  performance_figure: 'uptime 98 %',
  business: 'not measured',
  pain: 'The export',
  improvement: 'Shorter reports',
  improver: 'person/4',
};
const governed = { ownership: 'in order', access: 'not in order', access_note: 'Two who left', ethics: 'unsure', risks: 'in order' };
const cost = { kind: 'own', title: 'Cost check', question: 'What did it cost?', when: 'every Monday at 9:00' };

const open = (kind: Kind) => due(kind === 'own' ? started(cost) : kept(kind));
const said: Record<Kind, object> = {
  retraining: retrained,
  evangelism: presented,
  optimization: optimized,
  governance: governed,
  own: { answer: '400 a month' },
};

describe('the check-in', () => {
  it.each<[Kind, string[], string]>([
    [
      'retraining',
      ['Retraining', 'Only a model that keeps learning'],
      'Retrained. Accuracy 81.5 (target 80). Unsure whether still representative.',
    ],
    [
      'evangelism',
      ['Evangelism', 'new uses are found by those who see it'],
      'Presented to Branch managers, 25 reached, Lunch talk. 2 ideas: Churn of suppliers; Churn of staff. Doubts heard: Whether it is fair.',
    ],
    [
      'optimization',
      ['Optimization', 'What runs is not finished'],
      'Adoption on target (312 of 300); Performance under target (uptime 98 %); Business not measured. Pain point removed: The export. Next, by person/4: Shorter reports.',
    ],
    ['governance', ['Governance review', 'Looked at regularly'], 'Access: not in order (Two who left). Ethics: unsure.'],
    ['own', ['Cost check', 'What did it cost?'], '400 a month'],
  ])('of %s says what is asked and why, and what was answered', (kind, words, summary) => {
    const given = open(kind);
    for (const one of words) expect(given.shown('reminder 1 1')).toContain(one);
    answer(given, said[kind], given.state.current!.due + HOUR);
    expect(given.shown('reminder 1 1')).toContain(summary);
    const rows = given.kept.flatMap((one) => (one.kind === 'answers' ? one.rows : []));
    expect(Object.fromEntries(rows.map(({ question, value }) => [question, value]))).toEqual(
      Object.fromEntries(Object.entries(said[kind]).map(([key, value]) => [key, String(value)])),
    );
    expect(rows.every((row) => row.about === 'reminder 1' && row.person === PM)).toBe(true);
  });

  it.each<[Kind, object, object]>([
    ['retraining', { metric: 'Accuracy', target: 80, before: 81.5 }, { after: 'Last time: 81.5', representative: 'Last time: unsure' }],
    ['evangelism', { format: 'Lunch talk' }, { audience: 'Last time: Branch managers', reached: 'Last time: 25' }],
    ['optimization', { improver: 'person/4' }, { performance: 'Last time: under target', improvement: 'Last time: Shorter reports' }],
    ['governance', {}, { access: 'Last time: not in order', access_note: 'Last time: Two who left' }],
    ['own', {}, { answer: 'Last time: 400 a month' }],
  ])('of %s shows last time’s answers beside the fields, and fills in what stays', (kind, values, hints) => {
    const given = open(kind);
    expect(asked(given)).not.toHaveProperty('hints');
    answer(given, said[kind], given.state.current!.due + HOUR);
    due(given, given.state.next);
    expect(asked(given).values).toEqual(values);
    expect(asked(given).hints).toMatchObject(hints);
    expect(JSON.stringify(asked(given).hints)).not.toContain('person/');
  });

  it.each<[Kind, object, string, string]>([
    ['retraining', { ...retrained, window: undefined }, 'window', 'Which data'],
    ['evangelism', { ...presented, ideas: Array.from({ length: 11 }, (_, n) => `Idea ${n}`).join('\n') }, 'ideas', 'At most 10 ideas'],
    ['evangelism', { ...presented, ideas: `Short\n${'x'.repeat(81)}` }, 'ideas', 'At most 80 characters'],
    ['optimization', { ...optimized, adoption_figure: undefined }, 'adoption_figure', 'Which figure'],
    ['governance', { ...governed, access_note: undefined }, 'access_note', 'What is not in order?'],
  ])('of %s refuses what does not go together at its field', (kind, wrong, at, sentence) => {
    const given = open(kind);
    const step = given.attempt({ type: 'done', about: '1', ...wrong }, moment(PM, given.state.current!.due));
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at });
  });

  it('asks for no window when the model was not retrained', () => {
    const given = open('retraining');
    const { window: _, ...without } = retrained;
    expect(given.attempt({ type: 'done', about: '1', ...without, retrained: 'no' }, moment(PM))).not.toHaveProperty('refused');
  });

  it('of evangelism makes each idea an offshoot in one press', () => {
    const given = open('evangelism');
    answer(given, presented, given.state.current!.due);
    const card = given.flow.surfaces(given.state, given.id)[0]!.card;
    expect(card.buttons).toEqual([
      {
        label: 'Register as offshoot: Churn of suppliers',
        press: { to: 'initiative', input: 'open', about: 'of initiative/1 Churn of suppliers' },
      },
      {
        label: 'Register as offshoot: Churn of staff',
        press: { to: 'initiative', input: 'open', about: 'of initiative/1 Churn of staff' },
      },
    ]);
  });
});

describe('the steering committee is called at once', () => {
  const vote = { id: 'vote/3', initiative: 'initiative/1', body: 'body/1', channel: 'channel/1' };
  const committee = (members: number, differently: object = {}) => ({
    votes: [vote],
    bodies: [{ id: 'body/1', name: 'Steering committee', chair: CHAIR }],
    members: Array.from({ length: members }, (_, index) => ({ body: 'body/1', person: index === 0 ? CHAIR : member(index) })),
    ...differently,
  });
  const called = (kind: Kind, answers: object, facts = committee(5)) => {
    const given = open(kind);
    given.facts = { ...given.facts, ...facts };
    answer(given, answers, given.state.current!.due + HOUR);
    runTo(given, given.state.current!.due + HOUR);
    return given;
  };
  const alarms = (given: ReturnType<typeof kept>) =>
    given.flow.surfaces(given.state, given.id).filter(({ key }) => key.startsWith('alarm'));

  it('when the model is not compliant: in its channel by name, and the chair and the sponsor directly', () => {
    const given = called('retraining', { ...retrained, compliant: 'no' });
    expect(alarms(given).map(({ key, to, rank }) => [key, to, rank])).toEqual([
      ['alarm 1', 'channel/1', 'result'],
      [`alarm 1 ${CHAIR}`, CHAIR, 'result'],
      [`alarm 1 ${SPONSOR}`, SPONSOR, 'result'],
    ]);
    expect(given.shown('alarm 1')).toContain('It is not compliant any more.');
    for (const person of [CHAIR, member(1), member(4)]) expect(given.surface('alarm 1')).toContain(`"id":"${person}","ping":true`);
    expect(buttons(given, 'alarm 1')).toEqual(['Start a pilot review', 'Open a vote']);
    expect(given.shown('reminder 1 1')).toContain('Steering committee is called at once');
    expect(given.timers.filter(({ key }) => key.startsWith('call'))).toEqual([]);
  });

  it.each<[string, Kind, object, string]>([
    ['harm in a retraining check-in', 'retraining', { ...retrained, harm: 'A customer was refused' }, 'A customer was refused'],
    ['harm in a governance review', 'governance', { ...governed, harm: 'A complaint' }, 'Access: not in order (Two who left).'],
  ])('on %s', (_, kind, answers, reason) => {
    expect(called(kind, answers).shown('alarm 1')).toContain(reason);
  });

  it.each<[string, Kind, object]>([
    ['a doubt', 'retraining', { ...retrained, compliant: 'unsure' }],
    ['“none” in the field for harm', 'retraining', { ...retrained, harm: 'None.' }],
    ['what is not in order without harm', 'governance', governed],
    ['a metric under its target', 'retraining', { ...retrained, after: 1 }],
  ])('but not on %s', (_, kind, answers) => {
    expect(alarms(called(kind, answers))).toEqual([]);
  });

  it('pings at most twenty, and counts the rest', () => {
    const given = called('retraining', { ...retrained, compliant: 'no' }, committee(25));
    expect(given.surface('alarm 1').match(/"ping":true/g)).toHaveLength(20);
    expect(given.shown('alarm 1')).toContain('and 5 more members');
    expect(JSON.stringify(given.state).length).toBeLessThan(6000);
  });

  it('without a committee: the owner and the sponsor, and it says that there is none', () => {
    const given = called('retraining', { ...retrained, compliant: 'no' }, { ...committee(0), votes: [], bodies: [] });
    expect(alarms(given).map(({ to }) => to)).toEqual(['channel/2', PM, SPONSOR]);
    expect(given.shown('alarm 1')).toContain('No committee has voted on this initiative');
    expect(given.shown('reminder 1 1')).toContain('no committee has voted on it');
  });

  it('and nobody who comes to the initiative later is', () => {
    const given = called('retraining', { ...retrained, compliant: 'no' });
    const before = alarms(given);
    const initiative = { ...given.state.initiative, sponsor: 'person/44', owner: 'person/45' };
    given.when({ type: 'moved', initiative, channel: 'channel/5' }, moment(undefined, given.state.current!.due + 90 * DAY));
    expect(alarms(given)).toEqual(before);
  });

  it('also when the cadence ends with that answer', () => {
    const given = started({ when: 'every Monday at 9:00', until: '2027-03-08' });
    given.facts = { ...given.facts, ...committee(3) };
    runTo(given, START + 7 * DAY);
    answer(given, { ...retrained, compliant: 'no' }, START + 8 * DAY);
    expect(given.state.ended).toBeDefined();
    runTo(given, START + 8 * DAY);
    expect(alarms(given)).toHaveLength(3);
  });
});

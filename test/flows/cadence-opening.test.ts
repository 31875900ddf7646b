import { describe, expect, it } from 'vitest';
import { cadence } from '../../flows/cadence/cadence.ts';
import { wishesOf } from '../../flows/cadence/wishes.ts';
import type { Question } from '../../src/form.ts';
import type { Refused } from '../../src/flow.ts';
import { berlin, due, FIRST, kept, outcomes, proposed, retrained, runTo, started } from './cadences.ts';
import { churn, DAY, inWords, moment, PM, refusal, SPONSOR, start, START } from './given.ts';

const facts = {
  cadences: [],
  initiatives: [
    churn,
    { ...churn, id: 'initiative/2', name: 'Returns model', owner: SPONSOR },
    { ...churn, id: 'initiative/3', name: 'Price optimization' },
  ],
  channels: berlin.channels,
};
const asked = (about: string) => cadence.open.question!(about, moment(PM), facts as never);
const answers = { initiative: 'initiative/1', kind: 'retraining', asked: PM, zone: 'channel' };
const opened = (said: object) => start(cadence, { ...answers, ...said }, moment(PM), facts);

const isQuestion = (found: Question | Refused): Question => {
  if ('refused' in found) throw new Error(inWords(found.refused));
  return found;
};
const readBack = (given: ReturnType<typeof kept>, at = START, by = PM): string =>
  isQuestion(cadence.inputs.save.question!(given.state, moment(by, at), given.facts as never, '') as Question)
    .intro!.map(inWords)
    .join('\n');

describe('the form to start a cadence', () => {
  it.each([
    ['churn', 'initiative/1', PM, 'retraining'],
    ['initiative/2', 'initiative/2', SPONSOR, 'retraining'],
    ['initiative/2 governance', 'initiative/2', SPONSOR, 'governance'],
    ['returns evangelism', 'initiative/2', SPONSOR, 'evangelism'],
    ['churn governance review', 'initiative/1', PM, 'governance'],
    ['price optimization', 'initiative/3', PM, 'retraining'],
    ['', undefined, PM, 'retraining'],
  ] as const)('for “%s” starts from what is known', (about, initiative, who, kind) => {
    expect(isQuestion(asked(about)).values).toMatchObject({ initiative, asked: who, kind, zone: 'channel' });
  });

  it.each([
    ['submarine', 'No initiative fits “submarine”'],
    ['model', 'fits several initiatives'],
  ])('for “%s” is refused with what there is', (about, sentence) => {
    expect(refusal(asked(about) as Refused)).toContain(sentence);
  });

  it.each<[string, object, string, string]>([
    ['words that mean nothing', { when: 'now and then' }, 'when', 'is not understood'],
    ['30 February', { when: '0 9 30 2 *' }, 'when', 'never falls due'],
    ['every second', { when: '* * * * * *' }, 'when', ''],
    ['a country that nobody knows', { workdays: 'Atlantis' }, 'workdays', 'no country whose public holidays are known'],
    ['a country that could be several', { workdays: 'United' }, 'workdays', 'several countries'],
    ['quiet hours without a sense', { quiet: 'at night' }, 'quiet', '18:00-8:00'],
    ['an end before the first date', { when: 'monthly on the 15th', until: '2027-03-14' }, 'until', 'Choose a later end'],
    ['one of your own without a title', { kind: 'own', question: 'What?', when: 'every Monday' }, 'title', 'What is it called?'],
    ['one of your own without a question', { kind: 'own', title: 'Costs', when: 'every Monday' }, 'question', 'What is asked'],
    ['one of your own without a time', { kind: 'own', title: 'Costs', question: 'What?' }, 'when', 'When does it repeat?'],
    ['an initiative that is gone', { initiative: 'initiative/9' }, 'initiative', 'no longer there'],
  ])('refuses %s at its field', (_, said, at, sentence) => {
    const step = opened(said);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at });
  });

  it('refuses what is kept already before anything is read back', () => {
    const cadences = [{ initiative: 'initiative/1', kind: 'retraining', title: 'Retraining: Churn model' }];
    expect(start(cadence, answers, moment(PM), { ...facts, cadences })).toMatchObject({ at: 'kind' });
    expect(start(cadence, { ...answers, kind: 'governance' }, moment(PM), { ...facts, cadences })).not.toHaveProperty('refused');
  });

  it('leads to the dates, and saves nothing before', () => {
    const step = opened({ when: 'every second Tuesday at 9:30' });
    expect(step).toMatchObject({ next: 'save', state: { startedBy: PM } });
    const given = proposed({ when: 'every second Tuesday at 9:30' });
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { state: 'proposed', next_at: null } });
    expect(given.keys).toEqual([]);
  });
});

describe('the dates are read back', () => {
  it('in words, the next five of them, in their own zone over a clock change', () => {
    expect(readBack(proposed({ when: 'every second Tuesday at 9:30' }))).toBe(
      [
        'Retraining of Churn model, asks person/9.',
        '“every second Tuesday at 9:30” means: every second Tuesday at 09:30, Europe/Berlin time. The next five dates:',
        '• Tue, 2 Mar 2027, 09:30 CET (Europe/Berlin)',
        '• Tue, 16 Mar 2027, 09:30 CET (Europe/Berlin)',
        '• Tue, 30 Mar 2027, 09:30 CEST (Europe/Berlin)',
        '• Tue, 13 Apr 2027, 09:30 CEST (Europe/Berlin)',
        '• Tue, 27 Apr 2027, 09:30 CEST (Europe/Berlin)',
      ].join('\n'),
    );
  });

  it.each([
    ['retraining', 'every month on the 1st at 09:00', 'Thu, 1 Apr 2027'],
    ['evangelism', 'every 3 months on the 1st at 09:00', 'Tue, 1 Jun 2027'],
    ['optimization', 'every month on the 1st at 09:00', 'Thu, 1 Apr 2027'],
    ['governance', 'every 3 months on the 1st at 09:00', 'Tue, 1 Jun 2027'],
  ])('%s has a usual schedule', (kind, words, first) => {
    const said = readBack(proposed({ kind }));
    expect(said).toContain(words);
    expect(said).toContain(`• ${first}`);
  });

  it('with working days, quiet hours, an end and the person’s zone', () => {
    const said = readBack(
      proposed({ when: 'monthly on the 1st', workdays: 'ger', quiet: '18:00-8:00', until: '2027-06-30', zone: 'mine' }),
    );
    expect(said).toContain('working days of Germany, until 30 June 2027. These are all of its dates');
    // 1 May 2027 is a holiday on a Saturday.
    expect(said).toContain('• Mon, 3 May 2027');
    expect(said).toContain('from 18:00 to 08:00');
  });

  it('again when other words are given, and nothing is saved by that', () => {
    const given = proposed({ when: 'every Monday', workdays: 'Germany' });
    expect(given.when({ type: 'save', when: 'first Monday of the quarter' }, moment(PM))).toMatchObject({ next: 'save' });
    expect(readBack(given)).toContain('first Monday of the quarter at 09:00, Europe/Berlin time, working days of Germany');
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { state: 'proposed' } });
    expect(given.attempt({ type: 'save', when: 'whenever' }, moment(PM))).toMatchObject({ at: 'when' });
  });
});

describe('saved', () => {
  it('it begins with its first date', () => {
    const given = proposed({ when: 'every second Tuesday at 9:30' });
    expect(inWords(given.when({ type: 'save' }, moment(PM)).say!)).toContain('The next one comes Tue, 2 Mar 2027');
    expect(given.timers).toEqual([{ key: 'due', at: Date.UTC(2027, 2, 2, 8, 30) }]);
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({
      row: { state: 'active', kind: 'retraining', schedule: 'every second Tuesday at 09:30, Europe/Berlin time', zone: 'Europe/Berlin' },
    });
    expect(refusal(given.attempt({ type: 'save' }, moment(PM)))).toContain('nothing to save');
  });

  it('only by the one who proposed it, and not beside another of its kind', () => {
    const given = proposed({ when: 'every Monday' });
    expect(refusal(given.attempt({ type: 'save' }, moment(SPONSOR)))).toContain('to save');
    given.facts = { ...given.facts, cadences: [{ initiative: 'initiative/1', kind: 'retraining', title: 'Retraining: Churn model' }] };
    expect(refusal(given.attempt({ type: 'save' }, moment(PM)))).toContain('kept already');
    expect(refusal(cadence.inputs.save.question!(given.state, moment(PM), given.facts as never, '') as Refused)).toContain('kept already');
  });

  it('one of your own once per title', () => {
    const given = proposed({ kind: 'own', title: 'Cost check', question: 'What did it cost?', when: 'every Monday' });
    given.facts = { ...given.facts, cadences: [{ initiative: 'initiative/1', kind: 'own', title: 'cost CHECK: Churn model' }] };
    expect(refusal(given.attempt({ type: 'save' }, moment(PM)))).toContain('kept already');
    given.facts = { ...given.facts, cadences: [{ initiative: 'initiative/1', kind: 'own', title: 'Value check: Churn model' }] };
    given.when({ type: 'save' }, moment(PM));
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { kind: 'own', title: 'Cost check: Churn model' } });
  });

  it('by nobody within a week: it is gone without a word', () => {
    const given = proposed({ when: 'every Monday' });
    expect(given.timers).toEqual([{ key: 'lapse', at: START + 7 * DAY }]);
    runTo(given, START + 7 * DAY);
    expect([given.keys, given.timers, given.flow.records(given.state, given.id)]).toEqual([[], [], []]);
    expect(given.flow.settled!(given.state)).toBe(true);
    expect(refusal(given.attempt({ type: 'save' }, moment(PM, START + 8 * DAY)))).toContain('nothing to save');
  });

  it('not at all when it is dropped', () => {
    const given = proposed({ when: 'every Monday' });
    expect(refusal(given.attempt({ type: 'drop' }, moment(SPONSOR)))).toContain('to save');
    given.when({ type: 'drop' }, moment(PM));
    expect(given.flow.records(given.state, given.id)).toEqual([]);
  });
});

describe('another schedule', () => {
  const changed = (given = due(kept()), said: object = { when: 'every Friday at 10:00' }) => {
    expect(given.when({ type: 'change', zone: 'now', ...said }, moment(PM, FIRST + DAY))).toMatchObject({ next: 'save' });
    return given;
  };

  it('is read back first; until it is saved all goes on as before', () => {
    const given = changed();
    expect(given.timers).toContainEqual({ key: 'due', at: Date.UTC(2027, 4, 1, 7) });
    expect(readBack(given, FIRST + DAY)).toContain('• Fri, 9 Apr 2027, 10:00 CEST');
    given.when({ type: 'save' }, moment(PM, FIRST + DAY + 1));
    // Saved on Friday 2 April at nine: the first one comes an hour later, the reminder of 1 April was another day's.
    expect(given.timers).toContainEqual({ key: 'due', at: Date.UTC(2027, 3, 2, 8) });
  });

  it('that nobody saves is forgotten', () => {
    const given = changed();
    runTo(given, FIRST + 8 * DAY);
    expect(given.state.proposed).toBeUndefined();
    expect(given.state.ended).toBeUndefined();
    expect(given.state.next).toBe(Date.UTC(2027, 4, 1, 7));
  });

  it('gives no date a second reminder', () => {
    const given = due(started({ when: 'every day at 9:00' }));
    const fired = given.state.current!.due;
    given.when({ type: 'change', zone: 'now', when: 'every day at 18:00' }, moment(PM, fired + 1));
    given.when({ type: 'save' }, moment(PM, fired + 2));
    expect(given.state.next).toBe(fired + DAY + 9 * 3_600_000);
  });

  it('keeps what is left out, and lets terms fall that are emptied', () => {
    const given = changed(started({ when: 'every Monday at 9:00', quiet: '18:00-8:00', until: '2027-12-31' }), {
      zone: 'mine',
      until: '2027-10-31',
    });
    expect(given.state.proposed!.plan).toMatchObject({
      words: 'every Monday at 9:00',
      schedule: { rule: { kind: 'weeks' }, until: '2027-10-31', zone: 'Europe/Berlin' },
    });
    expect(given.state.proposed!.plan.quiet).toBeUndefined();
  });

  it.each(['every second Tuesday at 9:30', 'every month', 'every 3 days', 'every 2 weeks on Monday and Thursday', 'quarterly', 'yearly'])(
    'of the same words, %s, goes on counting from where it did, on whatever day its terms change',
    (when) => {
      for (let days = 1; days <= 14; days++) {
        const given = started({ when });
        runTo(given, START + days * DAY);
        const before = given.state.next;
        given.when({ type: 'change', zone: 'now', ...wishesOf(given.state.plan), until: '2040-12-31' }, moment(PM, START + days * DAY));
        given.when({ type: 'save' }, moment(PM, START + days * DAY));
        expect([days, given.state.next]).toEqual([days, before]);
        expect(given.state.plan.schedule.until).toBe('2040-12-31');
      }
    },
  );

  it('loses no date that has come and waits for the end of the quiet hours', () => {
    const given = started({ when: 'every Monday at 20:00', quiet: '18:00-8:00' });
    const waits = given.state.next!;
    given.when({ type: 'change', zone: 'now', ...wishesOf(given.state.plan), until: '2027-12-31' }, moment(PM, waits + 3_600_000));
    given.when({ type: 'save' }, moment(PM, waits + 3_600_000));
    runTo(given, waits + DAY);
    expect(given.state.current).toMatchObject({ due: waits, state: 'open', late: false });
  });

  it('of two parts keeps both when only its terms change', () => {
    const given = kept('optimization');
    given.when({ type: 'change', zone: 'now', quiet: '18:00-8:00', until: '2029-06-30' }, moment(PM));
    given.when({ type: 'save' }, moment(PM));
    const { plan } = given.state;
    expect(plan).toMatchObject({ schedule: { until: '2028-03-01' }, later: { until: '2029-06-30' }, quiet: { from: '18:00' } });
    runTo(given, Date.UTC(2030, 0, 1));
    expect(outcomes(given).length).toBe(6 + 5);
    expect(given.state.ended).toMatchObject({ over: true });
  });

  it('is for those who answer for it', () => {
    const step = due(kept()).attempt({ type: 'change', zone: 'now', when: 'every Friday' }, moment('person/5', FIRST));
    expect(refusal(step)).toContain('Only those may do that who answer for this cadence: person/9, person/8');
    expect(refusal(proposed({}).attempt({ type: 'change', zone: 'now' }, moment(PM)))).toContain('still to be saved');
  });

  it('does not touch an answer in the making', () => {
    const given = changed();
    given.when({ type: 'done', about: '1', ...retrained }, moment(PM, FIRST + DAY));
    expect(given.state.proposed).toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';
import { cadences } from '../../flows/pages/cadences.ts';
import type { Card } from '../../src/card.ts';
import type { Refused } from '../../src/flow.ts';
import type { Need } from '../../src/need.ts';
import { cardInWords, churn, DAY, inWords, moment, PM, SPONSOR, START } from './given.ts';

const row = (n: number, differently: object = {}) => ({
  id: `cadence/${n}`,
  initiative: 'initiative/1',
  kind: 'retraining',
  title: 'Retraining: Churn model',
  channel: 'channel/2',
  asked: PM,
  schedule: 'every month on the 15th at 09:00, Europe/Berlin time',
  zone: 'Europe/Berlin',
  state: 'active',
  next_at: START + DAY,
  missed: 0,
  latest: 'done',
  latest_at: START,
  ...differently,
});
const nothing: object = { initiatives: [], cadences: [], paused: [], proposed: [], occurrences: [] };
const show = (about: string, facts: object = {}) => cadences.show(about, moment(PM), { ...nothing, ...facts } as never);
const said = (found: ReturnType<typeof show>): string => cardInWords(found as Card);
const buttons = (found: ReturnType<typeof show>) => (found as Card).buttons?.map((one) => one.label);

describe('the page of cadences', () => {
  it('with none in the workspace explains them and offers to start one', () => {
    expect(said(show(''))).toContain('Nothing repeats yet. A cadence reminds');
    expect(buttons(show(''))).toEqual(['Start a cadence']);
  });

  it('lists what comes next, who is asked, what was missed and what came of the latest one', () => {
    const list = said(
      show('', {
        cadences: [row(1, { missed: 2, latest: 'missed' })],
        paused: [row(2, { title: 'Evangelism: Churn model', state: 'paused', next_at: null, asked: SPONSOR })],
        proposed: [row(3, { title: 'Cost check: Churn model', state: 'proposed', next_at: null, latest: null, latest_at: null })],
      }),
    );
    expect(list).toContain(
      'Retraining: Churn model: next Tue, 2 Mar 2027, 09:00 UTC. Asks person/9. Lately: Mon, 1 Mar 2027 missed. Missed in a row: 2.',
    );
    expect(list).toContain('Evangelism: Churn model: paused until somebody resumes it. Asks person/8.');
    expect(list).toContain('Cost check: Churn model: proposed, its dates are not saved yet.');
  });

  it('reads and shows no more of a big workspace than fits, and says that there are more', () => {
    const limits = cadences.needs('', moment(PM)).map(({ where, limit }: Need) => [where?.state, limit]);
    expect(limits).toEqual([
      ['active', 21],
      ['paused', 21],
      ['proposed', 21],
    ]);
    expect(said(show('', { cadences: Array.from({ length: 21 }, (_, n) => row(n + 1)) }))).toContain('There are more.');
    expect(said(show('', { cadences: Array.from({ length: 20 }, (_, n) => row(n + 1)) }))).not.toContain('There are more.');
  });

  it.each<[string, string, object, object]>([
    ['a name', 'churn', { initiatives: [churn] }, { go: { to: 'cadences', input: 'show', about: 'initiative/1' } }],
    ['an initiative that has one', 'initiative/1', { cadences: [row(4)] }, { go: { to: 'cadences', input: 'show', about: 'cadence/4' } }],
    ['an initiative that has none', 'initiative/1', {}, { go: { to: 'cadence', input: 'open', about: 'initiative/1' } }],
    [
      'a name and a kind',
      'churn governance',
      { initiatives: [churn] },
      { go: { to: 'cadence', input: 'open', about: 'initiative/1 governance' } },
    ],
  ])('leads from %s on', (_, about, facts, next) => {
    expect(show(about, facts)).toEqual(next);
  });

  it.each([
    ['submarine', 'No initiative fits “submarine”. There are: Churn model'],
    ['cadence/9', 'There is no cadence 9'],
  ])('refuses “%s” with what was expected', (about, sentence) => {
    expect(inWords((show(about, { initiatives: [churn] }) as Refused).refused)).toContain(sentence);
  });

  it.each([
    ['active', ['Pause', 'Change the schedule', 'Hand over', 'End', 'Start a cadence']],
    ['paused', ['Resume', 'Change the schedule', 'Hand over', 'End', 'Start a cadence']],
    ['proposed', ['Look at its dates', 'Drop it']],
    ['ended', ['Start a cadence']],
  ])('shows one that is %s with what can be done', (state, labels) => {
    const occurrences = [
      { due: START, state: 'missed' },
      { due: START - 31 * DAY, state: 'done' },
    ];
    const card = show('cadence/1', { cadences: [row(1, { state })], occurrences });
    expect(buttons(card)).toEqual(labels);
    expect(said(card)).toContain('Lately: Mon, 1 Mar 2027 missed; Fri, 29 Jan 2027 done');
  });
});

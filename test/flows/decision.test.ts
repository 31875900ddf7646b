import { describe, expect, it } from 'vitest';
import type { Decision, DecisionBrief } from '../../flows/decision/state.ts';
import { decisions } from '../../flows/pages/decisions.ts';
import type { Card } from '../../src/card.ts';
import { made } from './decisions.ts';
import { cardInWords, CHAIR, DAY, Given, HOUR, inWords, member, moment, PM, refusal, SPONSOR, START } from './given.ts';

const assigned = (given = made()): Given<Decision> => {
  given.when({ type: 'assign', about: 'debt', owner: PM, due: '2027-04-01', measure: 'By scan' }, moment(CHAIR));
  return given;
};

it('is listed with what it waits for, and how many of its conditions are met', () => {
  const row = {
    id: 'decision/1',
    number: 1,
    initiative: 'initiative/1',
    title: 'Churn model',
    outcome: 'GO',
    subject: null,
    decided_at: START,
  };
  const line = (state: string, conditions: number, met: number) => {
    const one = { ...row, state, conditions, met };
    const card = decisions.show('', moment(PM), { newest: [one], found: [one] } as never) as Card;
    return cardInWords(card);
  };
  expect(line('conditions open', 2, 1)).toContain('1 of 2 conditions met Churn model');
  expect(line('conditions open', 0, 0)).toContain('its rationale is still to be written');
  expect(line('final', 3, 2)).toContain('2 of 3 conditions met');
  expect(line('superseded', 0, 0)).toContain('superseded');
});

describe('a decision', () => {
  it('with conditions is final when each owner has accepted, not before', () => {
    const given = assigned();
    expect(given.state.finalAt).toBeUndefined();
    given.when({ type: 'accept', about: 'debt' }, moment(PM));
    expect(given.state.finalAt).toBeUndefined();
    expect(given.timers.map((timer) => timer.key)).not.toContain('retraining');
    given.when({ type: 'assign', about: 'team', owner: SPONSOR, due: '2027-04-01', measure: 'Two named people' }, moment(CHAIR));
    expect(inWords(given.when({ type: 'accept', about: 'team' }, moment(SPONSOR, START + DAY)).say!)).toContain('the decision is final');
    expect(given.state.finalAt).toBe(START + DAY);
    for (const kind of ['retraining', 'evangelism', 'optimization'])
      expect(given.timers).toContainEqual({ key: kind, at: START + DAY, to: 'cadence' });
    expect(given.keys).toContain('final');
  });

  it.each([
    ['GO', [], true, ['stage', 'review', 'retraining', 'evangelism', 'optimization']],
    ['NO-GO', [], true, ['stage', 'review']],
  ] as const)('%s is final at once and starts what follows', (outcome, missing, final, timers) => {
    const given = made({ outcome, missing });
    expect(given.state.finalAt !== undefined).toBe(final);
    expect(given.timers.map((timer) => timer.key)).toEqual(timers);
  });

  it('is told to the initiative’s own channel as well, and what follows once it is final', () => {
    const given = made();
    const team = () => given.surface('team');
    expect(team()).toContain('"to":"channel/2"');
    expect(team()).toContain(`{"kind":"person","id":"${PM}","ping":true}`);
    expect(team()).not.toContain('From now on');
    expect(given.surface('decision')).not.toContain('From now on');
    for (const about of ['debt', 'team']) {
      given.when({ type: 'assign', about, owner: PM, due: '2027-04-01', measure: 'By scan' }, moment(CHAIR));
      given.when({ type: 'accept', about }, moment(PM));
    }
    expect(team()).toContain('From now on');
    expect(given.surface('decision')).toContain('From now on');
    expect(made({ channel: 'channel/2' }).keys).not.toContain('team');
    expect(made({ outcome: 'NO-GO', missing: [] }).surface('team')).not.toContain('From now on');
  });

  it('supersedes those that stood, and on a NO-GO ends what they started', () => {
    const given = made({ outcome: 'NO-GO', missing: [] }, { standing: [{ id: 'decision/4' }], cadences: [{ id: 'cadence/2' }] });
    expect(given.timers).toContainEqual({ key: 'supersedes decision/4', at: START, to: 'decision/4' });
    expect(given.timers).toContainEqual({ key: 'ends cadence/2', at: START, to: 'cadence/2' });
    expect(given.surface('decision')).toContain('D-4');
  });

  it('is not changed any more once it is superseded', () => {
    const given = assigned();
    given.when({ type: 'superseded', by: 'decision/9' }, moment(undefined));
    for (const input of [
      { type: 'accept', about: 'debt' },
      { type: 'assign', about: 'debt', owner: PM, due: '2027-04-01', measure: 'x' },
      { type: 'rationale', rationale: 'x', review: '2027-06-01' },
    ]) {
      expect(refusal(given.attempt(input, moment(CHAIR)))).toContain('superseded');
    }
    expect(given.surface('decision')).toContain('Superseded by D-9');
    expect(given.keys).toEqual(['decision', 'sponsor', 'team']);
  });

  it('lets only the chair assign and reason, and only the owner answer', () => {
    const given = assigned();
    expect(refusal(given.attempt({ type: 'assign', about: 'team', owner: PM, due: '2027-04-01', measure: 'x' }, moment(PM)))).toContain(
      'Only the chair',
    );
    expect(refusal(given.attempt({ type: 'rationale', rationale: 'x', review: '2027-06-01' }, moment(PM)))).toContain('Only the chair');
    expect(refusal(given.attempt({ type: 'accept', about: 'debt' }, moment(CHAIR)))).toContain('can answer for this condition');
    expect(refusal(given.attempt({ type: 'accept', about: 'nothing' }, moment(PM)))).toContain('no such condition');
    expect(refusal(given.attempt({ type: 'accept', about: 'team' }, moment(PM)))).toContain('with the chair now');
  });

  it('goes back to the chair when it is handed back, with the reason, and asks the next owner in a message of its own', () => {
    const given = assigned();
    const asked = given.keys.find((key) => key.startsWith('ask '));
    given.when({ type: 'hand-back', about: 'debt', reason: 'Not my system' }, moment(PM));
    expect(given.keys).toContain('back debt 1');
    expect(given.surface('decision')).toContain('Not my system');
    assigned(given);
    expect(given.keys.find((key) => key.startsWith('ask '))).not.toBe(asked);
  });

  it('refuses days that have passed at their field', () => {
    expect(made().attempt({ type: 'assign', about: 'debt', owner: PM, due: '2027-02-28', measure: 'x' }, moment(CHAIR))).toMatchObject({
      at: 'due',
    });
    expect(made().attempt({ type: 'rationale', rationale: 'x', review: '2027-03-01' }, moment(CHAIR))).toMatchObject({ at: 'review' });
  });

  it('is due for review after ninety days, or on the day that the chair sets', () => {
    const given = made();
    expect(given.timers).toContainEqual({ key: 'review', at: START + 90 * DAY + 3 * HOUR });
    given.when({ type: 'rationale', rationale: 'It pays', review: '2027-09-01' }, moment(CHAIR));
    expect(given.timers).toContainEqual({ key: 'review', at: Date.UTC(2027, 8, 1, 7) });
    given.when({ type: 'review' }, moment(undefined, Date.UTC(2027, 8, 1, 7)));
    expect(given.keys).toContain(`review ${Date.UTC(2027, 8, 1, 7)}`);
    const recalled = given.surface(`review ${Date.UTC(2027, 8, 1, 7)}`);
    for (const part of ['GO WITH CONDITIONS', 'It pays', 'Technical debt within limits']) expect(recalled).toContain(part);
    given.when({ type: 'rationale', rationale: 'It still pays', review: '2027-09-01' }, moment(CHAIR, Date.UTC(2027, 8, 2)));
    expect(given.keys).toContain(`review ${Date.UTC(2027, 8, 1, 7)}`);
    given.when({ type: 'rationale', rationale: 'Look again', review: '2027-12-01' }, moment(CHAIR, Date.UTC(2027, 8, 2)));
    expect(given.timers).toContainEqual({ key: 'review', at: Date.UTC(2027, 11, 1, 8) });
    expect(given.keys.filter((key) => key.startsWith('review'))).toEqual([]);
  });

  describe('that goes against the pilot review', () => {
    const accuracy = { key: 'review accuracy', text: 'Accuracy is as required', against: true as const };
    const caution = { key: 'caution organizational', text: 'Organizational readiness at 60 of 100 or more' };
    const review = { id: 'review/1' as const, recommended: 'EXTEND', verdict: 'SCALE', technical: 43, business: 100, decidedAt: START };
    const against = (proposals: DecisionBrief['proposals'], more: Partial<typeof review> = {}) =>
      made({
        outcome: 'GO',
        missing: [],
        proposals,
        evidence: { at: START, overdue: 0, put: 0, review: { ...review, ...more, proposals } },
      });
    const accepted = (given: Given<Decision>) => {
      given.when({ type: 'assign', about: accuracy.key, owner: PM, due: '2027-06-01', measure: '80 % on new customers' }, moment(CHAIR));
      given.when({ type: 'accept', about: accuracy.key }, moment(PM));
      return given;
    };
    const reasoned = (given: Given<Decision>) =>
      given.when({ type: 'rationale', rationale: 'Users are delighted', review: '2027-06-01' }, moment(CHAIR));

    it('carries what is weak as a condition, and is final only with its rationale', () => {
      const given = against([accuracy]);
      expect(given.state).toMatchObject({ against: 'EXTEND', conditions: [{ key: 'review accuracy', state: 'unassigned' }] });
      expect(given.surface('decision')).toContain('The pilot review recommended EXTEND.');
      expect(inWords(accepted(given).when({ type: 'review' }, moment(undefined, START + 90 * DAY)).say ?? [])).toBe('');
      expect(given.state.finalAt).toBeUndefined();
      expect(inWords(reasoned(given).say!)).toContain('With it the decision is final.');
      expect(given.state.finalAt).toBe(START);
    });

    it('is final with the last acceptance when the rationale is there already', () => {
      const given = against([accuracy]);
      reasoned(given);
      expect(given.state.finalAt).toBeUndefined();
      expect(accepted(given).state.finalAt).toBe(START);
    });

    it('says when a red flag barred SCALE', () => {
      expect(against([{ ...accuracy, key: 'flag harm' }], { recommended: 'SCALE' }).state.against).toBe('SCALE barred by red flags');
    });

    it('leaves out a caution, for a reason and by the chair alone, and nothing else', () => {
      const given = against([caution], { recommended: 'SCALE' });
      expect(given.state.against).toBeUndefined();
      expect(given.state.finalAt).toBeUndefined();
      const leaveOut = { type: 'drop', about: caution.key, reason: 'The department was closed' };
      expect(refusal(given.attempt(leaveOut, moment(PM)))).toContain('Only the chair');
      expect(inWords(given.when(leaveOut, moment(CHAIR)).say!)).toContain('The decision is final.');
      expect(given.surface('decision')).toContain('The department was closed');
      expect(refusal(given.attempt(leaveOut, moment(CHAIR)))).toContain('was left out');
      expect(refusal(against([accuracy]).attempt({ ...leaveOut, about: accuracy.key }, moment(CHAIR)))).toContain('cannot be left out');
      expect(refusal(made().attempt({ ...leaveOut, about: 'debt' }, moment(CHAIR)))).toContain('cannot be left out');
    });
  });

  it('shows the digest of the journal before it', () => {
    expect(made().surface('decision')).toContain('f'.repeat(16));
  });
});

describe('a decision with more on it than a message takes', () => {
  const many = Array.from({ length: 60 }, (_, n) => member(n + 1));
  const crowded = () => made({ voted: many, dissent: many, recused: many, byDeputy: many.map((person) => ({ person, deputy: PM })) });

  it('says on its card how many, and in its thread who', () => {
    const given = crowded();
    expect(given.shown('decision')).toContain('Voted: 5 of 5, 60 by deputies, 60 recused, 60 dissenting');
    expect(given.shown('decision')).not.toContain('person/20');
    expect(given.shown('record-names')).toContain('Dissent: person/2, person/3');
    expect(given.shown('record-names')).toContain('and 48 more');
    expect(given.shown('record-why')).toContain('Every must-have is met.');
    expect(given.keys).not.toContain('record-evidence');
  });

  it('keeps a short explanation on the card, and leaves a long one to the thread', () => {
    const long = made({ voted: many, dissent: many, recused: many, byDeputy: [], why: [{ kind: 'words', text: 'So. '.repeat(2000) }] });
    expect(crowded().shown('decision')).toContain('Every must-have is met.');
    expect(long.shown('decision')).toContain('Why it came out so, with the numbers of each criterion, stands in the thread.');
    expect(long.shown('record-why')).toContain('So. So. ');
  });

  it('has no such thread where all of it fits', () => {
    expect(made().keys.filter((key) => key.startsWith('record'))).toEqual([]);
    expect(made().shown('decision')).toContain('Voted: 5 of 5: person/1, person/2');
  });
});

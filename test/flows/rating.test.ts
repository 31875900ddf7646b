import { describe, expect, it } from 'vitest';
import { initiatives as initiativesPage } from '../../flows/pages/things.ts';
import { ratings } from '../../flows/pages/ratings.ts';
import { compareRated, ratedOf, ratedText } from '../../flows/rating/rated.ts';
import { rating, type Rating } from '../../flows/rating/rating.ts';
import { cardText } from '../../src/card.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { CHAIR, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

const initiative = (n: number, name: string, stage = 'pilot'): Derived['initiatives'] => ({
  id: `initiative/${n}`,
  name,
  stage,
  owner: PM,
  sponsor: SPONSOR,
  channel: `channel/${n}`,
  parent: null,
  recontextualized: null,
  registered_at: START,
});
const initiatives = [initiative(1, 'Alpha model'), initiative(2, 'Beta model'), initiative(3, 'Gone', 'retired')];

const row = (n: number, on: number, person: PersonId, value: number, feasibility: number): Derived['ratings'] => ({
  id: `rating/${n}`,
  initiative: `initiative/${on}`,
  person,
  value,
  feasibility,
  why: null,
  at: START + n,
});
const named = { person: (id: string) => id, channel: (id: string) => id };

describe('rating an initiative', () => {
  it('stands in a row with its name, and says where to compare', () => {
    const step = taken(
      start<Rating>(rating, { initiative: 'initiative/1', value: '4', feasibility: '2', why: 'Data is there' }, moment(PM), {
        initiatives,
      }),
    );
    expect(inWords(step.say!)).toBe('Rated: Alpha model, value 4, feasibility 2. Side by side: /offshoot rate list');
    expect(rating.records(step.state, 'rating/1')).toEqual([
      {
        table: 'ratings',
        row: { id: 'rating/1', initiative: 'initiative/1', person: PM, value: 4, feasibility: 2, why: 'Data is there', at: START },
      },
    ]);
    expect(rating.surfaces(step.state, 'rating/1')).toEqual([]);
  });

  it('shows one’s own latest rating again, and nobody else’s', () => {
    const needs = rating.open.needs!('alpha', moment(PM), undefined);
    expect(needs).toContainEqual(expect.objectContaining({ rows: 'ratings', where: { person: PM }, order: ['at', 'desc'] }));
    const asked = rating.open.question!('alpha', moment(PM), {
      initiatives,
      mine: [row(3, 1, PM, 5, 1), row(2, 1, PM, 2, 2), row(1, 2, PM, 3, 3)],
    }) as Question;
    expect(asked.values).toMatchObject({ initiative: 'initiative/1', value: '5', feasibility: '1' });
  });

  it('refuses one that is not there any more', () => {
    expect(refusal(start(rating, { initiative: 'initiative/3', value: '4', feasibility: '2' }, moment(PM), { initiatives }))).toContain(
      'no longer there',
    );
    expect(refusal(rating.open.question!('zeta', moment(PM), { initiatives }) as never)).toContain('No initiative fits “zeta”');
  });
});

describe('ratings side by side', () => {
  const all = [row(4, 2, CHAIR, 5, 4), row(3, 1, PM, 4, 4), row(2, 2, member(1), 4, 4), row(1, 2, CHAIR, 1, 1)];

  it('are means of each person’s latest, to a tenth', () => {
    expect(ratedOf(all.filter((one) => one.initiative === 'initiative/2'))).toEqual({ value: 9, feasibility: 8, people: 2 });
    expect(ratedText({ value: 10, feasibility: 5, people: 3 })).toBe('value 3.3, feasibility 1.7 of 5 (3 ratings)');
    expect(ratedText({ value: 5, feasibility: 1, people: 1 })).toBe('value 5.0, feasibility 1.0 of 5 (1 rating)');
    expect(ratedOf([])).toBeUndefined();
  });

  it('come in the order of value and feasibility together, then of value', () => {
    const sorted = [
      { value: 4, feasibility: 4, people: 1 },
      { value: 10, feasibility: 6, people: 2 },
      { value: 27, feasibility: 0, people: 3 },
    ].toSorted(compareRated);
    expect(sorted.map(({ people }) => people)).toEqual([3, 2, 1]);
  });

  it('are listed with who rated, without what is retired, and put to a vote', () => {
    const card = ratings.show('list', moment(PM), { initiatives, ratings: [...all, row(9, 3, PM, 5, 5)] });
    if (!('parts' in card)) throw new Error('no card');
    expect(cardText(card, named, 'UTC').split('\n').slice(1, 3)).toEqual([
      `• Beta model: value 4.5, feasibility 4.0 of 5 (2 ratings), by ${CHAIR}, ${member(1)}`,
      `• Alpha model: value 4.0, feasibility 4.0 of 5 (1 rating), by ${PM}`,
    ]);
    expect(card.buttons).toMatchObject([{ press: { to: 'vote', input: 'open', about: '@ranking initiative/2, initiative/1' } }]);
    expect(ratings.show('alpha', moment(PM), { initiatives, ratings: all })).toEqual({
      go: { to: 'rating', input: 'open', about: 'alpha' },
    });
  });

  it('stand on the initiative’s card', () => {
    const card = initiativesPage.show('beta', moment(PM), { initiatives, ratings: all });
    if (!('parts' in card)) throw new Error('no card');
    expect(cardText(card, named, 'UTC')).toContain('Rated: value 4.5, feasibility 4.0 of 5 (2 ratings).');
  });
});

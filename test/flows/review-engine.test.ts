import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { criteriaOf, currentReviewSet, type Dimension, dimensions } from '../../flows/criteria/pilot-review.ts';
import { body } from '../../flows/body/body.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import { review } from '../../flows/review/review.ts';
import { mine } from '../../flows/pages/mine.ts';
import type { Reply } from '../../src/event.ts';
import type { Need } from '../../src/need.ts';
import { type Core, openCore, words } from '../core/house.ts';
import { cardInWords } from './given.ts';

const DAY = 86_400_000;

/** A review with its forms as people fill them in, its rows in SQLite and its timers. */
describe('a review in the house', () => {
  let core: Core;
  const rows = (need: Omit<Need, 'as'>) => core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', ...need }));
  const ids: Record<string, string> = {};

  beforeEach(async () => {
    core = await openCore([initiative, body, review], { pages: [mine] });
    for (const who of ['PM', 'Sponsor', 'Ann', 'Bob']) await core.act(who, 'mine', 'show');
    for (const row of (await rows({ rows: 'people' })) as { id: string; name: string }[]) ids[row.name] = row.id;
    await core.act(
      'PM',
      'initiative',
      'open',
      { name: 'Churn model', owner: ids.PM!, sponsor: ids.Sponsor!, channel: 'churn' },
      {
        where: { address: 'churn', name: 'churn' },
      },
    );
    const said = await core.act('PM', 'review', 'open', {
      initiative: 'initiative/1',
      reviewers: `${ids.Ann},${ids.Bob}`,
      due: '2027-03-08',
    });
    expect(words(said)).toContain('2 reviewers are asked for a review of Churn model');
  });
  afterEach(async () => await core.close());

  const pageOf = (dimension: Dimension, rating: string, but: Record<string, string> = {}) => ({
    ...Object.fromEntries(criteriaOf(currentReviewSet, dimension).map(({ key }) => [key, rating])),
    ...but,
  });
  async function answer(who: string, rating: string, but: Record<string, string> = {}): Promise<Reply> {
    let reply = await core.act(who, 'review/1', 'technical');
    for (const dimension of dimensions) {
      if (reply.kind !== 'form') throw new Error(`no form, but: ${words(reply)}`);
      expect(reply.form.press.input).toBe(dimension);
      reply = await core.act(who, 'review/1', dimension, pageOf(dimension, rating, dimension === 'technical' ? but : {}));
    }
    return reply;
  }
  const waits = async (who: string): Promise<string> => {
    const reply = await core.act(who, 'mine', 'show');
    return reply.kind === 'card' ? cardInWords(reply.card) : '';
  };

  it('goes through its pages in place, keeps the answers as rows, and waits for whom it should', async () => {
    expect(await waits('Ann')).toContain('A pilot review to answer: Churn model');
    expect(await waits('PM')).toContain('Nothing waits');
    expect(words(await answer('Ann', '4', { 'accuracy evidence': 'http://169.254.169.254/' }))).toContain(
      'your answers are in: 16 of 16 rated',
    );
    expect(await waits('Ann')).toContain('Nothing waits');
    expect(await rows({ rows: 'answers', where: { flow: 'review/1', about: 'review' } })).toHaveLength(17);
    expect(words(await core.act('PM', 'review/1', 'flags'))).toContain('The reviewers are still asked');
    expect(words(await answer('Bob', '5'))).toContain('All answers are in now');
    expect(await waits('PM')).toContain('A pilot review to decide: Churn model');
    expect(await rows({ rows: 'reviews' })).toMatchObject([
      { state: 'weighing', technical: 87, business: 87, recommended: 'SCALE', opened_by: ids.PM, owner: ids.PM, verdict: null },
    ]);
    expect(await rows({ rows: 'reviewers' })).toMatchObject([{ state: 'answered' }, { state: 'answered' }]);

    expect(await core.act('PM', 'review/1', 'flags', { ethics: 'false' })).toMatchObject({
      kind: 'form',
      form: { title: 'Indicators for SCALE' },
    });
    expect(await core.act('PM', 'review/1', 'indicators', { return: 'true', safe: 'true' })).toMatchObject({
      kind: 'form',
      form: { title: 'The verdict', fields: [{ key: 'verdict', value: 'SCALE' }, { key: 'rationale' }] },
    });
    expect(await core.act('PM', 'review/1', 'verdict', { verdict: 'KILL' })).toMatchObject({
      kind: 'errors',
      errors: { rationale: expect.stringContaining('The recommendation is: SCALE') },
    });
    expect(words(await core.act('PM', 'review/1', 'verdict', { verdict: 'SCALE' }))).toBe('Posted to the channel: SCALE.');
    expect(await rows({ rows: 'reviews' })).toMatchObject([{ state: 'posted', verdict: 'SCALE', indicators: 2, red_flags: 0 }]);
    expect(await waits('PM')).toContain('Nothing waits');
    expect(words(await core.act('Bob', 'review/1', 'scale'))).toContain('Set one up first: /offshoot committee');
  });

  it('is closed by the clock over what is in, and refuses what comes later with what was typed', async () => {
    await answer('Ann', '2');
    core.clock.move(Date.UTC(2027, 2, 8, 17) + DAY);
    const late = await core.act('Bob', 'review/1', 'technical', pageOf('technical', '5', { 'debt evidence': 'two words' }));
    expect(late).toMatchObject({ kind: 'refused' });
    expect(words(late)).toContain('are not changed any more');
    expect('typed' in late && late.typed).toContainEqual({ label: 'You wrote', text: 'two words' });
    expect(await rows({ rows: 'reviews' })).toMatchObject([{ state: 'weighing', technical: 25, recommended: 'KILL' }]);
  });

  it('refuses a second one at once, and somebody who has left, by name', async () => {
    expect(
      words(await core.act('Ann', 'review', 'open', { initiative: 'initiative/1', reviewers: ids.Ann!, due: '2027-03-08' })),
    ).toContain(`${ids.PM} opened a review of Churn model already`);
    await core.act('PM', 'review/1', 'cancel', { reason: 'Too early' });
    await core.store.update((tables) => tables.updateProfile(core.installation, ids.Bob as `person/${number}`, { active: false }));
    expect(
      await core.act('Ann', 'review', 'open', { initiative: 'initiative/1', reviewers: `${ids.Ann},${ids.Bob}`, due: '2027-03-08' }),
    ).toMatchObject({
      kind: 'errors',
      errors: { reviewers: 'Bob is not an active member here, so please choose somebody else.' },
    });
  });

  it('schedules the next review of an extended pilot, which opens by itself once', async () => {
    await answer('Ann', '4', Object.fromEntries(criteriaOf(currentReviewSet, 'technical').map(({ key }) => [key, '2'])));
    await answer('Bob', '4', Object.fromEntries(criteriaOf(currentReviewSet, 'technical').map(({ key }) => [key, '2'])));
    await core.act('PM', 'review/1', 'flags', {});
    await core.act('PM', 'review/1', 'indicators', {});
    expect(await core.act('PM', 'review/1', 'verdict', { verdict: 'EXTEND' })).toMatchObject({
      kind: 'form',
      form: { title: 'What to reach' },
    });
    await core.act('PM', 'review/1', 'extend', { question: 'Is it accurate enough?', figure: 'accuracy 80 %', by: '2027-05-03' });
    core.clock.move(Date.UTC(2027, 4, 3, 9, 1));
    await core.timekeeper.sweep();
    await core.timekeeper.sweep();
    expect(await rows({ rows: 'reviews' })).toMatchObject([
      { id: 'review/1', verdict: 'EXTEND' },
      { id: 'review/2', state: 'asking', opened_by: ids.PM, due_at: Date.UTC(2027, 4, 10, 17) },
    ]);
    expect(await rows({ rows: 'reviewers', where: { review: 'review/2' } })).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { criteriaOf, type Criterion, currentReviewSet, dimensions } from '../../flows/criteria/pilot-review.ts';
import { type Heard, type PlatformClient, type Role, said } from '../contract/client.ts';
import { MEMBERS, prepared, rooms } from './story.ts';

type Rating = 1 | 2 | 3 | 4 | 5;

const ACCURACY = 'Accuracy, reliability and speed are as required';

/** Practice cases of the decision framework, from the review to the decision, on every platform alike. */
export function cases(name: string, open: () => Promise<PlatformClient>): void {
  describe(`practice cases on ${name}`, () => {
    const bare = rooms(open);
    const room = async () => await prepared(await bare());

    it('the dilemma: too inaccurate, and loved: EXTEND is recommended, and a GO against it takes accuracy over and says why', async () => {
      const { client, ...at } = await room();
      const found = { accuracy: 1, roi: 5, process: 5, experience: 5, users: 5 } as const;
      await reviewed(client, { 'Member 1': found, 'Member 2': { ...found, experience: 4 } });
      const summary = await at.latest('direct', 'The answers are in');
      expect(summary.text).toContain('Recommended: EXTEND');
      expect(summary.text).toContain('Technical performance 56 of 100 (weak), business impact 90 (strong)');
      expect(summary.text).toContain(`${ACCURACY}: 1.0 of 5`);

      expect(await decided(client, { Verdict: 'SCALE: on to the vote and the readiness check' })).toMatchObject({
        kind: 'errors',
        errors: { 'Why?': expect.stringContaining('The recommendation is: EXTEND') },
      });
      const why = 'The new sensors arrive in May, and every branch asks for it.';
      expect(said(await client.submit('PM', { 'Why?': why }))).toContain('Posted to the channel: SCALE');
      const verdict = await at.latest('churn-model', 'The decision goes another way');
      expect(verdict.text).toContain('Recommended: EXTEND');
      expect(verdict.text).toContain(why);
      expect(verdict.text).toContain(`${ACCURACY}: 1.0 of 5`);

      await voteOpened(client);
      const vote = await at.latest('steering-committee', 'Go/no-go');
      expect(vote.text).toContain('The answers recommended EXTEND');
      expect(vote.text).toMatch(new RegExp(`A go takes over from the review, as a condition: “${ACCURACY}”`));
      for (const member of MEMBERS) await at.cast(member);

      const record = await at.latest('steering-committee', 'D-1 GO');
      expect(record.text).toContain('The pilot review recommended EXTEND');
      expect(record.text).toContain(`${ACCURACY}: needs an owner`);
      await accepted(client, ACCURACY, 'PM', '80 % on every branch, four weeks in a row');
      expect(at.rows('select state from decisions')).toEqual([{ state: 'conditions open' }]);
      await client.press('Chair', 'steering-committee', 'Write the rationale');
      expect(said(await client.submit('Chair', { Rationale: why }))).toContain('With it the decision is final');
      expect(at.rows('select outcome, state from decisions')).toEqual([{ outcome: 'GO', state: 'final' }]);
      expect(at.rows("select title, state from actions where flow = 'decision/1'")).toEqual([{ title: ACCURACY, state: 'accepted' }]);
    });

    it('the allocation: money for one of two: both are rated, compared, ranked by a vote, and both teams are told why', async () => {
      const { client, ...at } = await room();
      await client.say('PM', 'steering-committee', '/initiative Invoice reader');
      expect(said(await client.submit('PM', { Owner: 'Member 4', Sponsor: 'Sponsor', Channel: 'steering-committee' }))).toContain(
        'Registered: Invoice reader',
      );

      // The one is technically strong, the other worth more.
      const points = {
        returns: ['3: worth it', '5: at once'],
        invoice: ['5: among the most valuable things we could do', '3: with effort'],
      };
      for (const [name, [Value, Feasibility]] of Object.entries(points))
        for (const who of ['Chair', 'Member 1'] as const) {
          await client.say(who, 'steering-committee', `/offshoot rate ${name}`);
          expect(said(await client.submit(who, { Value: Value!, Feasibility: Feasibility! }))).toContain('Rated: ');
        }
      const compared = said(await client.say('Chair', 'steering-committee', '/offshoot rate list'));
      expect(compared).toMatch(
        /Invoice reader: value 5\.0, feasibility 3\.0 of 5 \(2 ratings\)[^]*Returns model: value 3\.0, feasibility 5\.0/,
      );

      await client.say('Chair', 'steering-committee', '/offshoot rank returns, invoice for the money of 2027');
      const terms = { Committee: 'Scaling board', Channel: 'steering-committee' };
      expect(await client.submit('Chair', { ...terms, 'Initiative 3': 'Returns model' })).toMatchObject({
        kind: 'errors',
        errors: { 'Initiative 3': expect.stringContaining('stands above already') },
      });
      expect(said(await client.submit('Chair', { 'Initiative 3': 'None' }))).toContain('is open until');
      const open = await at.latest('steering-committee', 'Ranked choice, the money of 2027');
      expect(open.text).toContain('Returns model: value 3.0, feasibility 5.0 of 5 (2 ratings)');

      const first = '1, my first choice';
      const cast = async (who: Role, ranks: Readonly<Record<string, string>>) => {
        expect(await client.press(who, 'steering-committee', 'Vote')).toMatchObject({ kind: 'form', title: 'Your ballot' });
        return await client.submit(who, ranks);
      };
      expect(said(await cast('Chair', { 'Returns model': first, 'Invoice reader': '2' }))).toContain(
        'Counted: 1 Returns model, 2 Invoice reader',
      );
      expect(await cast('Member 1', { 'Returns model': first, 'Invoice reader': first })).toEqual({
        kind: 'errors',
        errors: { 'Invoice reader': '“Returns model” has rank 1 already. Give each its own rank, or choose “Not ranked”.' },
      });
      expect(said(await client.submit('Member 1', { 'Returns model': '2' }))).toContain('Counted: 1 Invoice reader, 2 Returns model');
      expect(said(await cast('Member 2', { 'Invoice reader': first }))).toContain('Counted: 1 Invoice reader');
      expect((await at.latest('steering-committee', 'Ranked choice')).text).not.toMatch(/Returns model 1|Invoice reader 2/);
      await client.press('Member 4', 'steering-committee', 'Recuse myself');
      await client.submit('Member 4', { 'Why?': 'I own one of them' });
      expect(said(await cast('Member 3', { 'Invoice reader': first }))).toContain('the vote is closed');

      const result = await at.latest('steering-committee', 'CHOSEN', /Round 1/);
      expect(result.text).toContain('Invoice reader is chosen by instant-runoff: 3 of the 4 ballots that count in round 1');
      expect(result.text).toContain('Round 1: Returns model 1, Invoice reader 3.');
      expect(await at.latest('churn-model', 'D-1 CHOSEN')).toMatchObject({ text: expect.stringContaining('Round 1: Returns model 1') });
      expect(at.rows('select state from decisions')).toEqual([{ state: 'conditions open' }]);

      await client.press('Chair', 'steering-committee', 'Write the rationale');
      const why = 'It pays back in a year; the other one is asked again in *autumn*.';
      expect(said(await client.submit('Chair', { Rationale: why }))).toContain('With it the decision is final');
      for (const [where, owner] of [
        ['churn-model', 'PM'],
        ['steering-committee', 'Member 4'],
      ] as const) {
        const told = await at.latest(where, 'Why D-1 was decided so');
        expect(told.text.replaceAll('\u200b', '')).toContain(why);
        expect(told.text).toContain(owner);
      }
      expect((await at.latest('direct', 'D-1 CHOSEN', undefined, 'Sponsor')).text.replaceAll('\u200b', '')).toContain(why);
      expect(at.rows('select title, outcome, question, subject, state from decisions')).toEqual([
        { title: 'Invoice reader', outcome: 'CHOSEN', question: 'ranking', subject: 'the money of 2027', state: 'final' },
      ]);
      expect(at.rows('select round, name, votes, became from vote_rounds order by name')).toEqual([
        { round: 1, name: 'Invoice reader', votes: 3, became: 'chosen' },
        { round: 1, name: 'Returns model', votes: 1, became: 'left' },
      ]);
      expect(at.rows("select count(*) as rows, sum(choice = '1') as firsts from vote_ballots")).toEqual([{ rows: 8, firsts: 4 }]);
      expect(at.rows('select stage from initiatives group by stage')).toEqual([{ stage: 'pilot' }]);
      const record = said(await client.say('Sponsor', 'steering-committee', '/decisions D-1'));
      expect(record).toContain('Round 1: Returns model 1, Invoice reader 3.');
      expect(record).toMatch(/Returns model: 1 Chair/);
    });

    it('the resistance: good on both axes, and refused by one department: SCALE with a caution, then a GO on a condition', async () => {
      const { client, ...at } = await room();
      const found = { accuracy: 5, roi: 5, process: 5, support: 1, users: 3, ownership: 3 } as const;
      await reviewed(client, { 'Member 1': found, 'Member 2': found });
      expect((await at.latest('direct', 'The answers are in')).text).toContain('Recommended: SCALE');
      expect(said(await decided(client, {}))).toContain('Posted to the channel: SCALE');
      const verdict = await at.latest('churn-model', 'SCALE: Returns model');
      expect(verdict.text).toContain('Organizational readiness is weak (43 of 100), above all “Stakeholders press for more of it”');

      await voteOpened(client);
      for (const member of MEMBERS.slice(0, 4)) await at.cast(member);
      await at.cast('Member 4', { 'Resistance manageable': 'Missing' });
      const reason = 'The south refuses it, and nobody has asked why';
      expect(said(await client.submit('Member 4', { 'Resistance manageable: why missing?': reason }))).toContain('the vote is closed');
      expect((await at.latest('steering-committee', 'Reasons')).text).toContain(reason);
      const record = await at.latest('steering-committee', 'D-1 GO WITH CONDITIONS');
      expect(record.text).toContain('Resistance manageable: needs an owner');
      expect(record.text).toContain('Organizational readiness at 60 of 100 or more: needs an owner');

      await accepted(client, 'Resistance manageable', 'Sponsor', 'The south takes part in the second wave');
      await client.press('Chair', 'steering-committee', 'Manage this decision');
      await client.press('Chair', 'steering-committee', 'Leave out');
      expect(said(await client.submit('Chair', { 'Why is it left out?': 'It is the same department' }))).toContain('The decision is final');
      expect(at.rows('select outcome, state from decisions')).toEqual([{ outcome: 'GO WITH CONDITIONS', state: 'final' }]);
      expect(at.rows("select title, state from actions where flow = 'decision/1' order by title")).toEqual([
        { title: 'Organizational readiness at 60 of 100 or more', state: 'dropped' },
        { title: 'Resistance manageable', state: 'accepted' },
      ]);
    });
  });
}

/** Reviewed by each with these ratings, and 4 where none is named. */
async function reviewed(client: PlatformClient, all: Readonly<Partial<Record<Role, Readonly<Record<string, Rating>>>>>): Promise<void> {
  await client.say('PM', 'churn-model', '/pilot-review returns');
  const reviewers = Object.keys(all) as Role[];
  expect(said(await client.submit('PM', { Reviewers: reviewers }))).toContain('2 reviewers are asked');
  for (const who of reviewers) {
    let heard = await client.press(who, 'direct', 'Start the review');
    for (const dimension of dimensions) {
      expect(heard).toMatchObject({ kind: 'form' });
      heard = await client.submit(
        who,
        Object.fromEntries(criteriaOf(currentReviewSet, dimension).map((one) => [one.text, labelOf(one, all[who]![one.key] ?? 4)])),
      );
    }
    expect(said(heard)).toMatch(/answers are in/);
  }
}

/** The owner goes through flags and indicators, and gives a verdict. */
async function decided(client: PlatformClient, verdict: Readonly<Record<string, string>>): Promise<Heard> {
  await client.press('PM', 'direct', 'Weigh the answers');
  expect(await client.submit('PM', {})).toMatchObject({ kind: 'form', title: 'Indicators for SCALE' });
  expect(await client.submit('PM', {})).toMatchObject({ kind: 'form', title: 'The verdict' });
  return await client.submit('PM', verdict);
}

async function voteOpened(client: PlatformClient): Promise<void> {
  await client.press('PM', 'churn-model', 'Open the vote and the readiness check');
  expect(said(await client.submit('PM', { Committee: 'Scaling board', Channel: 'steering-committee' }))).toContain(
    'and the readiness check with it',
  );
}

async function accepted(client: PlatformClient, condition: string, owner: Role, measure: string): Promise<void> {
  await client.press('Chair', 'steering-committee', `Assign: ${condition}`);
  expect(said(await client.submit('Chair', { Owner: owner, 'How will it be measured?': measure }))).toContain('is asked to accept');
  expect(said(await client.press(owner, 'direct', 'Accept'))).toContain('Accepted');
}

function labelOf({ anchors: [one, three, five] }: Criterion, rating: Rating): string {
  const labels = { 1: `1: ${one}`, 2: '2: between 1 and 3', 3: `3: ${three}`, 4: '4: between 3 and 5', 5: `5: ${five}` };
  return labels[rating];
}

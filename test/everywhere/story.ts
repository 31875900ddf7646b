import { afterEach, describe, expect, it } from 'vitest';
import { type Area, currentSet as readinessSet } from '../../flows/criteria/readiness.ts';
import { type Heard, type Place, type PlatformClient, type Role, said, type Seen } from '../contract/client.ts';
import { rowsIn } from '../core/rows.ts';

export const MEMBERS: readonly Role[] = ['Chair', 'Member 1', 'Member 2', 'Member 3', 'Member 4'];
const DAY = 86_400_000;

/** People are reminded by day only. */
const lastNoonBefore = (at: number): number => Math.floor((at - DAY / 2) / DAY) * DAY + DAY / 2;

/** What holds on every platform alike: the main job from the first command to the answered reminder, and what bad input meets. */
export function everywhere(name: string, open: () => Promise<PlatformClient>): void {
  describe(name, () => {
    const room = rooms(open);

    it('registers, votes, decides with a condition, and answers the reminder that the decision starts', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({ text: expect.stringContaining('0 of 5 voted') });

      for (const member of MEMBERS.slice(0, 3)) expect(said(await at.cast(member))).toContain('Counted: 15 go; you can change it until');
      const reasons = await at.cast('Member 3', { 'Technical debt within limits': 'Missing' });
      expect(reasons).toMatchObject({ kind: 'form', title: 'Your reasons' });
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({ text: expect.stringContaining('3 of 5 voted') });
      const typed = 'Too *much* of <it> & <@U1> {{DATE(x)}}';
      expect(said(await client.submit('Member 3', { 'Technical debt within limits: why missing?': typed }))).toContain(
        'Counted: 14 go, 1 missing',
      );
      expect(said(await at.cast('Member 4'))).toContain('the vote is closed');

      const result = await at.latest('steering-committee', 'GO WITH CONDITIONS', /It would have been/);
      expect(result.text).toContain('“Technical debt within limits” (4 go, 1 missing; one is enough)');
      expect(result.text).toContain('It would have been GO with: 1 member saying go instead');
      const reason = await at.latest('steering-committee', 'Reasons');
      expect(reason).toMatchObject({ thread: true, text: expect.stringContaining('Member 3') });
      expect(reason.text.replaceAll('\u200b', '')).toContain(typed);

      await client.press('Chair', 'steering-committee', 'Assign: Technical debt within limits');
      expect(said(await client.submit('Chair', { Owner: 'PM', 'How will it be measured?': 'Under ten days, by the code scan' }))).toContain(
        'PM is asked to accept',
      );
      await client.press('Chair', 'steering-committee', 'Write the rationale');
      expect(said(await client.submit('Chair', { Rationale: 'It pays, and the debt is known.' }))).toContain('stands on the decision');
      expect(await at.latest('direct', 'A condition for you', undefined, 'PM')).toMatchObject({ buttons: ['Accept', 'Hand back'] });
      expect(said(await client.press('PM', 'direct', 'Accept'))).toContain('the decision is final');
      expect(await at.latest('steering-committee', 'D-1 is final')).toMatchObject({ text: expect.stringContaining('accepted') });
      expect(await at.latest('direct', 'D-1 GO WITH CONDITIONS', undefined, 'Sponsor')).toMatchObject({
        text: expect.stringContaining('It pays, and the debt is known.'),
      });

      await client.moveTo(client.now() + 32 * DAY);
      expect(await at.latest('churn-model', 'Retraining')).toMatchObject({
        text: expect.stringContaining('PM'),
        buttons: ['Done', 'Snooze', 'Skip', 'Hand over'],
      });
      await client.press('PM', 'churn-model', 'Done');
      const wrong = await client.submit('PM', { ...checkIn, 'Metric now': 'eighty' });
      expect(wrong).toEqual({ kind: 'errors', errors: { 'Metric now': 'A number, please, like 80 or 12.5.' } });
      expect(said(await client.submit('PM', checkIn))).toContain('that is recorded');
      expect(await at.latest('churn-model', 'Retraining')).toMatchObject({
        text: expect.stringContaining('Accuracy 81.5 (target 80)'),
        buttons: [],
      });

      expect(said(await client.say('Sponsor', 'steering-committee', '/decisions returns'))).toContain('D-1 GO WITH CONDITIONS');
      expect(at.rows("select person, choice from vote_ballots where vote = 'vote/1' and criterion = 'debt'")).toHaveLength(5);
      expect(at.rows('select number, outcome, state from decisions')).toEqual([
        { number: 1, outcome: 'GO WITH CONDITIONS', state: 'final' },
      ]);
      expect(at.rows('select state, late from occurrences')).toEqual([{ state: 'done', late: 0 }]);
      expect(at.rows('select c.kind, d.what from due_next d join cadences c on c.id = d.flow order by c.kind')).toEqual([
        { kind: 'evangelism', what: 'due' },
        { kind: 'optimization', what: 'due' },
        { kind: 'retraining', what: 'due' },
      ]);
      expect(at.rows("select value from answers where question = 'metric'")).toEqual([{ value: 'Accuracy' }]);
    });

    it('opens no vote without a review and a readiness check, unless its opener says why', async () => {
      const { client, ...at } = await prepared(await room());
      await client.say('PM', 'steering-committee', '/go-no-go returns');
      expect(await client.submit('PM', { Committee: 'Scaling board', Channel: 'steering-committee' })).toEqual({
        kind: 'errors',
        errors: {
          [WHY_WITHOUT]: expect.stringContaining(
            'There is no posted pilot review and no finished readiness check of Returns model. Start them with /pilot-review Returns model and /readiness Returns model',
          ),
        },
      });
      expect(at.rows('select * from votes')).toEqual([]);
      expect(said(await client.submit('PM', { [WHY_WITHOUT]: 'The pilot was reviewed on paper.' }))).toContain('is open until');
      const without = 'Opened without a posted pilot review and a finished readiness check: The pilot was reviewed on paper.';
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({ text: expect.stringContaining(without) });
      for (const member of MEMBERS) await at.cast(member);
      expect(await at.latest('steering-committee', 'D-1 GO')).toMatchObject({ text: expect.stringContaining(without) });
    });

    it('checks readiness with three people, one of whom hands on, and makes an action of what is not met', async () => {
      const { client, ...at } = await prepared(await room());
      await client.say('PM', 'churn-model', '/readiness returns');
      const three = { Technical: 'Member 1', Business: 'Member 2', Organizational: 'Member 2' };
      expect(said(await client.submit('PM', three))).toContain('The readiness check of Returns model has started');
      expect(await at.latest('churn-model', 'Readiness check')).toMatchObject({ text: expect.stringContaining('0 of 18 answered') });

      await client.press('Member 1', 'direct', 'Hand on');
      const note = 'You *run* it, see <it>';
      expect(said(await client.submit('Member 1', { 'Who answers instead?': 'Member 3', Note: note }))).toContain('Member 3 is asked now');
      const asked = await at.latest('direct', 'the technical area', undefined, 'Member 3');
      expect(asked).toMatchObject({ text: expect.stringContaining('Member 1 handed it on to you'), buttons: ['Answer', 'Hand on'] });
      expect(asked.text.replaceAll('\u200b', '')).toContain(note);
      expect(said(await client.press('Member 1', 'churn-model', 'Answer: technical'))).toContain('is asked of Member 3');

      await client.press('Member 3', 'direct', 'Answer');
      expect(await client.submit('Member 3', { 'Monitoring and alerting run': 'Not met' })).toMatchObject({
        kind: 'errors',
        errors: { 'Backup and recovery were rehearsed': expect.any(String) },
      });
      const unmet = { 'Monitoring and alerting run': 'Not met', 'Evidence: monitoring': note };
      const page = await client.submit('Member 3', { ...met('technical'), ...unmet });
      expect(page).toMatchObject({ kind: 'form', title: 'Who sees to it?' });
      expect(said(await client.submit('Member 3', { 'Owner: monitoring': 'Member 4' }))).toContain('5 met, 1 not met');
      for (const area of ['business', 'organizational'] as const) {
        await client.press('Member 2', 'churn-model', `Answer: ${area}`);
        expect(said(await client.submit('Member 2', met(area)))).toContain(`The ${area} area is in`);
      }

      const result = await at.latest('churn-model', 'Readiness, 17 of 18 met');
      expect(result).toMatchObject({
        text: expect.stringContaining('Readiness by area: ✗ Technical 5 met, 1 not met'),
        buttons: ['Open a vote'],
      });
      expect(result.text).toContain('Monitoring and alerting run: Member 4, due ');
      const evidence = await at.latest('churn-model', 'Evidence');
      expect(evidence).toMatchObject({ thread: true });
      expect(evidence.text.replaceAll('\u200b', '')).toContain(note);
      expect(await client.see('Member 3', 'direct')).toEqual([]);

      expect(await at.latest('direct', 'An action for you', undefined, 'Member 4')).toMatchObject({ buttons: ['Done', 'Move', 'Hand on'] });
      await client.moveTo(client.now() + 38 * DAY);
      expect(await at.latest('churn-model', 'A week overdue')).toMatchObject({ text: expect.stringContaining('Member 4') });
      expect(said(await client.say('Member 4', 'direct', '/offshoot actions returns'))).toContain('1 open, 1 overdue');
      await client.press('Member 4', 'direct', 'Done');
      expect(said(await client.submit('Member 4', { 'What was done?': 'Alerts go to the team' }))).toContain('Thank you');
      expect(await at.latest('churn-model', 'Done: Monitoring')).toMatchObject({ thread: true });
      expect(at.rows('select state, met, unmet from readiness_checks')).toEqual([{ state: 'done', met: 17, unmet: 1 }]);
      expect(at.rows("select state from actions where origin = 'readiness/1'")).toEqual([{ state: 'done' }]);
    });

    it('makes no second change of a redelivered press or submission', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      await at.cast('Member 1');
      const heard = await client.again('Member 1');
      expect(said(heard)).toContain('Counted: 15 go');
      expect(at.rows('select person, number from ballots')).toEqual([{ person: expect.any(String), number: 1 }]);
    });

    it('lets a ballot be changed until the close', async () => {
      const at = await prepared(await room());
      await at.openVote();
      await at.cast('Member 1');
      expect(said(await at.cast('Member 1', { Recognition: 'Abstain' }))).toContain('Counted: 14 go, 1 abstain');
      expect(at.rows('select number from ballots')).toEqual([{ number: 2 }]);
    });

    it('closes at the deadline without a quorum and decides nothing', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      await at.cast('Member 1');
      await client.moveTo(client.now() + 4 * DAY);
      expect(await at.latest('steering-committee', 'NO QUORUM', /more ballots would have made/)).toMatchObject({
        buttons: ['Open it again', 'Open a new vote'],
      });
      expect(at.rows('select * from decisions')).toEqual([]);
      expect((await client.see('Member 2', 'direct')).filter((message) => message.text.includes('Your ballot is missing'))).toEqual([]);
    });

    it('nudges only those without a ballot, and takes the nudge back', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      await at.cast('Member 1');
      await client.moveTo(lastNoonBefore(client.now() + 3 * DAY));
      const nudged = async (who: Role) =>
        (await client.see(who, 'direct')).filter((message) => message.text.includes('Your ballot is missing')).length;
      expect([await nudged('Member 1'), await nudged('Member 2')]).toEqual([0, 1]);
      await client.press('Member 2', 'direct', 'Vote');
      await client.submit('Member 2', {});
      expect(await nudged('Member 2')).toBe(0);
    });

    it('recuses with a reason, lets the chair close once the quorum stands, and nobody else', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      await client.press('Member 4', 'steering-committee', 'Recuse myself');
      expect(said(await client.submit('Member 4', { 'Why?': 'I lead the team that built it' }))).toContain('You are recused');
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({
        text: expect.stringContaining('I lead the team that built it'),
      });
      expect(said(await client.press('Chair', 'steering-committee', 'Manage this vote'))).toContain('The quorum is not reached');
      for (const member of MEMBERS.slice(0, 3)) await at.cast(member);
      const offered = await client.press('Member 1', 'steering-committee', 'Manage this vote');
      expect(offered).toMatchObject({ buttons: ['How it stands', 'Withdraw my ballot'] });
      await client.press('Chair', 'steering-committee', 'Manage this vote');
      await client.press('Chair', 'steering-committee', 'Close now');
      expect(said(await client.submit('Chair', {}))).toContain('The vote is closed');
      expect(await at.latest('steering-committee', 'D-1 GO')).toMatchObject({ text: expect.stringContaining('Recused') });
    });

    it('corrects before the first ballot, and cancels with a reason', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      await client.press('PM', 'steering-committee', 'Manage this vote');
      await client.press('PM', 'steering-committee', 'Correct');
      expect(said(await client.submit('PM', { Quorum: '4' }))).toContain('Corrected');
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({ text: expect.stringContaining('4 of 5 must vote') });
      await at.cast('Member 1');
      expect(said(await client.press('PM', 'steering-committee', 'Manage this vote'))).toContain('Members have acted on it already');
      await client.press('PM', 'steering-committee', 'Cancel the vote');
      await client.submit('PM', { 'Why is it cancelled?': 'The numbers are old' });
      expect(await at.latest('steering-committee', 'Go/no-go')).toMatchObject({
        text: expect.stringContaining('The numbers are old'),
        buttons: [],
      });
    });

    it('posts a reminder that fell into a downtime once, marked late', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      for (const member of MEMBERS) await at.cast(member);
      const retraining = () => at.rows("select next_at from cadences where kind = 'retraining'") as { next_at: number }[];
      await expect.poll(retraining).toHaveLength(1);
      const [row] = retraining();
      await client.restart(row!.next_at + DAY - client.now());
      expect(await at.latest('churn-model', 'Retraining')).toMatchObject({ text: expect.stringContaining('Late: it was due') });
      expect((await client.see('PM', 'churn-model')).filter((message) => message.text.includes('Retraining'))).toHaveLength(1);
    });

    it('closes a vote whose deadline passed in a downtime at its time, and says so', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      for (const member of MEMBERS.slice(0, 4)) await at.cast(member);
      await client.restart(5 * DAY);
      expect(await at.latest('steering-committee', 'GO', /not running at the deadline/)).toBeDefined();
      expect(at.rows('select closed_at = deadline as punctual from votes')).toEqual([{ punctual: 1 }]);
    });

    // Where an answer cannot be private, as in a channel of Teams, what was typed is left out of it.
    it('answers a mistake with what was expected and an example', async () => {
      const { client, ...at } = await prepared(await room());
      expect(said(await client.say('PM', 'steering-committee', '/offshoot voet churn'))).toMatch(
        /does not know “(?:voet|…)”.*Did you mean “\/go-no-go”/s,
      );
      expect(said(await client.say('PM', 'steering-committee', '/go-no-go submarine'))).toMatch(
        /No initiative fits “(?:submarine|…)”.*Returns model/s,
      );
      await client.say('PM', 'steering-committee', '/go-no-go returns');
      expect(await client.submit('PM', { Committee: 'Scaling board', 'Closes at': '2020-01-01 09:00' })).toEqual({
        kind: 'errors',
        errors: { 'Closes at': expect.stringContaining('That moment has passed') },
      });
      await client.say('PM', 'churn-model', '/offshoot initiative');
      expect(await client.submit('PM', { Name: 'returns  MODEL', Sponsor: 'Sponsor', Channel: 'churn-model' })).toEqual({
        kind: 'errors',
        errors: { Name: expect.stringContaining('There is already an initiative called') },
      });
      await at.openVote();
      expect(said(await client.press('PM', 'steering-committee', 'Vote'))).toContain(
        'Only the members of Scaling board and their deputies vote here',
      );
    });

    it('mutes a kind of nudge from the message itself, for one person alone, who has it back from a page', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      const nudge = async () => {
        await client.press('Chair', 'steering-committee', 'Manage this vote');
        expect(said(await client.press('Chair', 'steering-committee', 'Nudge'))).toContain('Nudged: 5 members');
      };
      const nudges = async (who: Role) => (await client.see(who, 'direct')).filter(({ text }) => text.includes('asks for your ballot'));
      await nudge();
      expect(await nudges('Member 1')).toMatchObject([
        { text: expect.stringContaining('You get this because'), buttons: ['Vote', 'Mute these'] },
      ]);
      const muted = said(await client.press('Member 1', 'direct', 'Mute these'));
      expect(muted).toContain('Muted: “Nudges by the chair”');
      expect(said(await client.again('Member 1'))).toBe(muted);

      await client.moveTo(client.now() + DAY / 24);
      await nudge();
      expect(await nudges('Member 2')).toHaveLength(1);
      expect(await nudges('Member 1')).toEqual([]);
      expect(said(await client.say('Member 1', 'direct', 'offshoot mute'))).toContain('Nudges by the chair, muted since');
      expect(said(await client.press('Member 1', 'direct', 'Unmute'))).toContain('Unmuted: “Nudges by the chair”');
      expect(await nudges('Member 1')).toHaveLength(1);
    });

    it('shows what waits for me, and what it can do', async () => {
      const { client, ...at } = await prepared(await room());
      await at.openVote();
      const mine = await client.say('Member 2', 'direct', '/offshoot');
      expect(said(mine)).toContain('Your ballot on Returns model');
      expect(said(await client.say('PM', 'direct', '/offshoot help'))).toContain('/go-no-go');
    });
  });
}

const WHY_WITHOUT = 'Without a review or readiness check: why?';

/** Met, all six of an area. */
const met = (area: Area): Record<string, string> =>
  Object.fromEntries(readinessSet.items.filter((item) => item.area === area).map(({ text }) => [text, 'Met']));

const checkIn = {
  'Was the model retrained?': 'Yes',
  'On which data window?': 'Up to March',
  Metric: 'Accuracy',
  'Metric now': '81.5',
  Target: '80',
  'Still compliant?': 'Yes',
  'Still representative?': 'Yes',
  'Still reliable?': 'Yes',
  'Still generating value?': 'Unsure',
};

/** What the tests do again and again with a client. */
export class Room {
  readonly client: PlatformClient;
  constructor(client: PlatformClient) {
    this.client = client;
  }

  readonly openVote = async (): Promise<void> => {
    await this.client.say('PM', 'steering-committee', '/go-no-go returns');
    const terms = { Committee: 'Scaling board', Channel: 'steering-committee' };
    const heard = await this.client.submit('PM', { ...terms, [WHY_WITHOUT]: 'The pilot was reviewed on paper.' });
    expect(said(heard)).toContain('is open until');
  };

  readonly cast = async (who: Role, choices: Readonly<Record<string, string>> = {}): Promise<Heard> => {
    expect(await this.client.press(who, 'steering-committee', 'Vote')).toMatchObject({ kind: 'form', title: 'Your ballot' });
    return await this.client.submit(who, choices);
  };

  /** The newest message of a place whose text contains the words. */
  readonly latest = async (where: Place, words: string, also: RegExp = /(?:)/, who: Role = 'PM'): Promise<Seen> => {
    const messages = await this.client.see(who, where);
    const found = messages.findLast((message) => message.text.includes(words) && also.test(message.text));
    if (!found)
      throw new Error(`no message with “${words}” and ${String(also)} among:\n${messages.map((message) => message.text).join('\n---\n')}`);
    return found;
  };

  readonly rows = (sql: string): unknown[] => rowsIn(this.client.database, sql);
}

/** How each test comes to a room of its own, which is left once it is over. */
export function rooms(open: () => Promise<PlatformClient>): () => Promise<Room> {
  let client: PlatformClient | undefined;
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });
  return async () => {
    client = await open();
    return new Room(client);
  };
}

export async function prepared(room: Room): Promise<Room> {
  const { client } = room;
  await client.say('PM', 'churn-model', '/initiative Returns model');
  expect(said(await client.submit('PM', { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' }))).toContain(
    'Registered: Returns model',
  );
  await client.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
  expect(said(await client.submit('Chair', { Members: MEMBERS, Chair: 'Chair', Quorum: '3' }))).toContain('is set up with 5 members');
  return room;
}

import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { digestOf } from '../../src/code.ts';
import type { Raw } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { InstallationRow } from '../../src/store.ts';
import { type Heard, type PlatformClient, type Role, said } from '../contract/client.ts';
import { words } from '../core/house.ts';
import { allGo } from '../flows/votes.ts';
import { MEMBERS, prepared, Room } from './story.ts';

const DAY = 86_400_000;

/** What a platform can say of somebody, as it says it. */
export type Becomes = Partial<Record<'guest' | 'gone' | 'bot', (client: PlatformClient, who: Role) => Promise<void>>>;

/** Input that is wrong, and what it meets: one sentence each, and a record that is as it was. */
export function mistakes(name: string, open: () => Promise<PlatformClient>, becomes: Becomes): void {
  describe(`bad input on ${name}`, () => {
    let client: PlatformClient | undefined;
    afterEach(async () => {
      if (client) expect(await verified(client)).toEqual({ ok: true, drift: [] });
      await client?.stop();
      client = undefined;
    });

    async function desk(): Promise<Desk> {
      client = await open();
      const room = await prepared(new Room(client));
      // Slack says in the background what people are called.
      await expect.poll(() => room.rows("select id from people where name = ''")).toEqual([]);
      return new Desk(room, becomes);
    }

    it.each(TABLE.filter(({ needs }) => !needs || becomes[needs]))('$what', async ({ given, when, says }) => {
      const at = await desk();
      await given?.(at);
      const before = at.record();
      const heard = await when(at);
      expect(heard).toMatch(says);
      expect(heard).toMatch(/^[^\n]{10,400}$/);
      expect(at.record()).toEqual(before);
    });

    it.each(STORIES.filter(({ needs }) => !needs || becomes[needs]))('$what', async ({ goes }) => goes(await desk()));
  });
}

interface Mistake {
  what: string;
  needs?: keyof Becomes;
  given?(at: Desk): Promise<unknown>;
  /** What came back: a sentence, or that at a field. */
  when(at: Desk): Promise<string>;
  says: RegExp;
}

/** Nothing of these changes anything. */
const TABLE: readonly Mistake[] = [
  {
    what: 'a ballot by one who is recused',
    async given({ room }) {
      await room.openVote();
      await room.client.press('Member 4', 'steering-committee', 'Recuse myself');
      await room.client.submit('Member 4', { 'Why?': 'I built it' });
    },
    when: async (at) => at.vote('Member 4'),
    says: /^You recused yourself from this vote, so you cast no ballot in it\.$/,
  },
  {
    what: 'a ballot by one who was taken out of the committee before the vote opened',
    async given({ room, fill }) {
      await fill('Chair', 'body', 'edit', { members: ['Chair', 'Member 1', 'Member 2'] });
      await room.openVote();
    },
    when: async (at) => at.vote('Member 4'),
    says: /^Only the members of Scaling board and their deputies vote here: .* please ask Chair\.$/,
  },
  {
    what: 'a ballot by one who became a guest',
    needs: 'guest',
    async given(at) {
      await at.room.openVote();
      await at.is('Member 4', 'guest');
    },
    when: async (at) => at.vote('Member 4'),
    says: /^You are a guest here, and guests cast no ballots\. Please ask Chair\.$/,
  },
  {
    what: 'a ballot by one who has left',
    needs: 'gone',
    async given(at) {
      await at.room.openVote();
      await at.is('Member 4', 'gone');
    },
    when: async (at) => at.vote('Member 4'),
    says: /^You are not an active member here any more, so no ballot is taken from you\.$/,
  },
  {
    what: 'a ballot by a bot, and one that was in its form before that was known',
    needs: 'bot',
    async given(at) {
      await at.room.openVote();
      await at.room.client.press('Member 4', 'steering-committee', 'Vote');
      await at.is('Member 4', 'bot');
    },
    when: async (at) => at.sentence(await at.room.client.submit('Member 4', {})),
    says: /^You are not an active member here any more/,
  },
  {
    what: 'a ballot by one of another workspace',
    given: ({ room }) => room.openVote(),
    when: async (at) => at.raw('Member 1', 'vote', 'ballot', {}, { elsewhere: true }),
    says: /^There is no vote 1 in this workspace\.$/,
  },
  {
    what: 'a ballot by a deputy’s deputy',
    async given(at) {
      await at.room.openVote();
      await at.fill('Member 1', 'vote', 'deputy', { deputy: 'Member 2' });
      await at.fill('Member 2', 'body', 'deputy', { deputy: 'PM' });
    },
    when: async (at) => at.raw('PM', 'vote', 'ballot', {}, { about: at.person('Member 1') }),
    says: /^You stand in for Member 2, who stands in for Member 1: a deputy cannot pass a ballot on, so Member 1 or Member 2 casts it\.$/,
  },
  {
    what: 'a deputy who stands in for somebody already',
    async given(at) {
      await at.room.openVote();
      await at.fill('Member 1', 'vote', 'deputy', { deputy: 'Member 2' });
    },
    when: async ({ room, sentence }) => sentence(await room.client.press('Member 2', 'steering-committee', 'Name a deputy')),
    says: /^You stand in for Member 1, so you cannot name a deputy yourself: a ballot is passed on once only\.$/,
  },
  ...(
    [
      ['a guest', 'guest', /Member 4 is a guest here, and guests do not vote\. Choose a colleague, please\.$/],
      ['one who has left', 'gone', /Member 4 is not an active member here, so please choose somebody else\.$/],
      ['a bot', 'bot', /Member 4 is not an active member here, so please choose somebody else\.$/],
    ] as const
  ).map(
    ([who, becomes, says]): Mistake => ({
      what: `${who} as deputy for one vote`,
      needs: becomes,
      async given(at) {
        await at.room.openVote();
        await at.is('Member 4', becomes);
        await at.room.client.press('Member 1', 'steering-committee', 'Name a deputy');
      },
      when: async (at) => at.sentence(await at.room.client.submit('Member 1', { 'Who votes for you?': 'Member 4' })),
      says,
    }),
  ),
  {
    what: 'one who is recused as deputy',
    async given(at) {
      await at.room.openVote();
      await at.fill('Member 4', 'vote', 'recuse', { reason: 'I built it' });
      await at.room.client.press('Member 1', 'steering-committee', 'Name a deputy');
    },
    when: async (at) => at.sentence(await at.room.client.submit('Member 1', { 'Who votes for you?': 'Member 4' })),
    says: /^Who votes for you\?: That person recused themselves from this vote\. Choose somebody else, please\.$/,
  },
  {
    what: 'a guest as deputy for a time',
    needs: 'guest',
    given: (at) => at.is('Member 4', 'guest'),
    when: async (at) => at.fill('Member 1', 'body', 'deputy', { deputy: 'Member 4' }),
    says: /Member 4 is a guest here/,
  },
  {
    what: 'one of another workspace as deputy',
    given: ({ room }) => room.openVote(),
    when: async (at) => at.raw('Member 1', 'vote', 'deputy', { deputy: 'person/4711' }),
    says: /deputy: A person of this workspace, please\.$/,
  },
  {
    what: 'a guest as member of a committee',
    needs: 'guest',
    given: (at) => at.is('Sponsor', 'guest'),
    when: async (at) => at.fill('Chair', 'body', 'edit', { members: [...MEMBERS, 'Sponsor'] }),
    says: /Sponsor is a guest here/,
  },
  {
    what: 'a ballot at the very millisecond of the deadline',
    async given(at) {
      await at.room.openVote();
      await at.room.client.moveTo(at.deadline() - 1);
      await at.room.cast('Member 1');
      await at.room.client.press('Member 2', 'steering-committee', 'Vote');
      await at.room.client.moveTo(at.deadline());
    },
    when: async (at) => at.sentence(await at.room.client.submit('Member 2', {})),
    says: /^This vote closed .* You have no ballot in it\.$/,
  },
  {
    what: 'a template in which an id stands twice',
    given: async (at) => at.template(TEMPLATE),
    when: async (at) => at.fill('Chair', 'template', 'edit', { source: TEMPLATE.replace('key: owner', 'key: quality') }),
    says: /^source: line 7: the key “quality” stands twice, first in line 4\.$/,
  },
  {
    what: 'a template with a tier that is not known',
    given: async (at) => at.template(TEMPLATE),
    when: async (at) => at.fill('Chair', 'template', 'edit', { source: TEMPLATE.replace('tier: should', 'tier: may') }),
    says: /^source: line 8: the tier “may” is not known: must, should or nice\.$/,
  },
  {
    what: 'a criterion of 121 characters',
    given: async (at) => at.template(TEMPLATE),
    when: async (at) => at.fill('Chair', 'template', 'edit', { source: TEMPLATE.replace('The data are complete', 'x'.repeat(121)) }),
    says: /^source: line 6: at most 120 characters, please: this text has 121\.$/,
  },
  {
    what: 'an initiative that is retired while it is voted on',
    given: ({ room }) => room.openVote(),
    when: async (at) => at.fill('PM', 'initiative', 'retire', { reason: 'No budget' }),
    says: /^A vote on Returns model is open until .* Wait for its close, or have its chair or the one who opened it cancel it\.$/,
  },
  {
    what: 'a close by the chair of the committee as it is now, who was not when the vote opened',
    async given(at) {
      await at.room.openVote();
      await at.fill('Chair', 'body', 'edit', { members: MEMBERS.slice(1), chair: 'Member 1' });
      for (const member of MEMBERS.slice(0, 3)) await at.room.cast(member);
    },
    when: async (at) => at.raw('Member 1', 'vote', 'close'),
    says: /^Only the chair may close the vote early\. Please ask Chair\.$/,
  },
];

/** What goes on in the middle of a vote, and what may not come of it. */
const STORIES: readonly { what: string; needs?: keyof Becomes; goes(at: Desk): Promise<void> }[] = [
  {
    what: 'one who is taken out of the committee in the middle still votes in this vote, and in no later one',
    async goes(at) {
      await at.room.openVote();
      expect(await at.fill('Chair', 'body', 'edit', { members: MEMBERS.slice(0, 4) })).toContain(
        'open ones keep what they were opened with',
      );
      for (const member of [...MEMBERS].reverse()) await at.room.cast(member);
      expect(at.room.rows('select count(*) as n from ballots')).toEqual([{ n: 5 }]);
      await at.room.openVote();
      expect(await at.vote('Member 4')).toMatch(/^Only the members of Scaling board/);
    },
  },
  {
    what: 'what waits for a deputy is named with whose it is, for as long as it is theirs to give',
    async goes(at) {
      await at.room.openVote();
      const waiting = async (who: Role) => {
        // What else is written to them comes first, so that the answer is the next message.
        await at.room.client.see(who, 'direct');
        return said(await at.room.client.say(who, 'direct', '/offshoot'));
      };
      const day = (days: number) => new Date(at.room.client.now() + days * DAY).toISOString().slice(0, 10);
      expect(await waiting('PM')).toContain('Nothing waits for you');
      await at.fill('Member 1', 'vote', 'deputy', { deputy: 'PM' });
      await at.fill('Member 2', 'body', 'deputy', { deputy: 'PM', from: day(1), until: day(1) });
      await at.fill('Member 1', 'body', 'deputy', { deputy: 'Sponsor', from: day(0), until: day(9) });
      expect(await waiting('PM')).toMatch(/The ballot of Member 1, for whom you stand in, on Returns model, until/);
      expect(await waiting('PM')).not.toContain('Member 2');
      // For this vote Member 1 has named another one.
      expect(await waiting('Sponsor')).toContain('Nothing waits for you');
      await at.room.client.moveTo(at.room.client.now() + DAY);
      expect(await waiting('PM')).toContain('The ballot of Member 2');
      expect(await at.raw('PM', 'vote', 'ballot', allGo, { about: at.person('Member 1') })).toContain('Counted for Member 1');
      expect(await waiting('PM')).not.toContain('Member 1');
      expect((await at.room.latest('steering-committee', 'Go/no-go')).text).toContain('Member 1 (by PM as deputy)');
      await at.room.client.moveTo(at.room.client.now() + DAY);
      expect(await waiting('PM')).toContain('Nothing waits for you');
      await at.fill('Member 3', 'vote', 'deputy', { deputy: 'Member 4' });
      expect(await waiting('Member 4')).toContain('The ballot of Member 3');
      await at.fill('Member 4', 'vote', 'recuse', { reason: 'I built it' });
      expect(await waiting('Member 4')).not.toContain('Member 3');
    },
  },
  {
    what: 'of two ballots of one person at once one counts, and the other overwrites nothing',
    async goes(at) {
      await at.room.openVote();
      const ballots = [{ recognition: 'go' }, { recognition: 'abstain' }].map((more) =>
        at.raw('Member 1', 'vote', 'ballot', { ...allGo, ...more }, { seen: 0 }),
      );
      const heard = await Promise.all(ballots);
      expect(heard.filter((one) => one.startsWith('Counted: '))).toHaveLength(1);
      expect(
        heard.filter((one) => one.startsWith('This form was opened before your ballot last changed, so nothing was overwritten.')),
      ).toHaveLength(1);
      expect(at.room.rows('select number from ballots')).toEqual([{ number: 1 }]);
    },
  },
  {
    what: 'a criterion is shown letter by letter, up to 120 characters, from the ballot to the record',
    async goes(at) {
      const awkward = [
        'Is it “done”. Really. (v1.2) \'so\' "said" *bold* _it_ ~no~ `x` <!channel> &amp; [a](b) {{DATE(x)}} @PM #general',
        '👩‍💻🚀 נבדק ואושר ✓ مكتمل',
      ];
      const full = `${awkward[0]} `.padEnd(120, 'x');
      await at.template(
        TEMPLATE.replace('The data are complete', JSON.stringify(full)).replace('Somebody owns it', JSON.stringify(awkward[1])),
      );
      const asked = { question: 'data-gate', initiative: at.latest('initiative'), body: at.latest('body'), channel: at.channel() };
      expect(await at.fill('PM', 'vote', 'open', asked)).toContain('is open until');
      for (const member of MEMBERS) {
        await at.room.client.press(member, 'steering-committee', 'Vote');
        if (member !== 'Member 4') await at.room.client.submit(member, {});
        else {
          expect(await at.room.client.submit(member, { [full]: 'No-go', [awkward[1]!]: 'Missing' })).toMatchObject({ kind: 'form' });
          const reasons = { [`${full}: why no-go?`]: 'Not *yet*', [`${awkward[1]}: why missing?`]: 'לא 🚫' };
          expect(said(await at.room.client.submit(member, reasons))).toContain('the vote is closed');
        }
      }
      const plain = (text: string) => text.replaceAll(/[\u200b\u2066-\u2069]/g, '');
      const result = await at.room.latest('steering-committee', 'NO-GO', /It would have been/);
      expect(plain(result.text)).toContain(full);
      const reasons = await at.room.latest('steering-committee', 'Reasons');
      for (const one of [full, awkward[1]!, 'Not *yet*', 'לא 🚫']) expect(plain(reasons.text)).toContain(one);
      expect(plain((await at.room.latest('steering-committee', 'D-1 NO-GO')).text)).toContain(full);
      expect(at.room.rows("select why from decisions where why like '%<!channel>%'")).toHaveLength(1);
    },
  },
  {
    what: 'an initiative that is renamed in the middle keeps its name in the vote, its result, its decision and the log',
    async goes(at) {
      await at.room.openVote();
      await at.fill('PM', 'initiative', 'edit', { name: 'Refunds model' });
      const named = async (words: string) => (await at.room.latest('steering-committee', words)).text;
      for (const member of MEMBERS.slice(0, 4)) await at.room.cast(member);
      expect(await named('4 of 5 voted')).toContain('Returns model');
      await at.room.cast('Member 4');
      for (const words of ['Go/no-go', 'It would have been', 'D-1 GO']) {
        expect(await named(words)).toContain('Returns model');
        expect(await named(words)).not.toContain('Refunds model');
      }
      expect(at.room.rows('select title from decisions union select title from votes')).toEqual([{ title: 'Returns model' }]);
      expect(said(await at.room.client.say('PM', 'direct', '/decisions returns'))).toContain('D-1 GO');
    },
  },
  {
    what: 'a chair who is taken out of the committee in the middle stays the chair of that vote and of its decision',
    async goes(at) {
      await at.fill('Chair', 'body', 'edit', { rule: 'majority', casting: 'true' });
      await at.room.openVote();
      await at.fill('Chair', 'body', 'edit', { members: MEMBERS.slice(1), chair: 'Member 1' });
      const against = { 'Technical debt within limits': 'Missing' };
      for (const member of ['Member 1', 'Member 2'] as const) {
        await at.room.cast(member, against);
        await at.room.client.submit(member, { 'Technical debt within limits: why missing?': 'It grows' });
      }
      for (const member of ['Member 3', 'Chair'] as const) await at.room.cast(member);
      await at.room.client.press('Chair', 'steering-committee', 'Manage this vote');
      await at.room.client.press('Chair', 'steering-committee', 'Close now');
      expect(said(await at.room.client.submit('Chair', {}))).toContain('The vote is closed');
      // Two to two: the casting vote is that of the chair of then.
      await at.room.latest('steering-committee', 'D-1 GO');
      expect(at.room.rows('select outcome from decisions')).toEqual([{ outcome: 'GO' }]);
      expect(said(await at.room.client.press('Member 1', 'steering-committee', 'Write the rationale'))).toMatch(
        /^Only the chair of Scaling board/,
      );
      await at.room.client.press('Chair', 'steering-committee', 'Write the rationale');
      expect(said(await at.room.client.submit('Chair', { Rationale: 'It pays.' }))).toContain('stands on the decision');
    },
  },
  {
    what: 'a chair who has left is stood in for: by the opener in the vote, by the sponsor in its decision',
    needs: 'gone',
    async goes(at) {
      await at.room.openVote();
      const against = { 'Technical debt within limits': 'Missing' };
      for (const member of ['Member 1', 'Member 2', 'Member 3'] as const) await at.room.cast(member, member === 'Member 1' ? against : {});
      await at.room.client.press('Member 1', 'steering-committee', 'Vote');
      expect(await at.room.client.submit('Member 1', against)).toMatchObject({ kind: 'form' });
      await at.room.client.submit('Member 1', { 'Technical debt within limits: why missing?': 'It grows' });
      expect(await at.raw('PM', 'vote', 'close')).toMatch(/^Only the chair/);
      await at.is('Chair', 'gone');
      expect(await at.raw('Member 1', 'vote', 'close')).toMatch(/^Only the one who opened the vote/);
      await at.room.client.press('PM', 'steering-committee', 'Manage this vote');
      await at.room.client.press('PM', 'steering-committee', 'Close now');
      expect(said(await at.room.client.submit('PM', {}))).toContain('The vote is closed');
      await at.room.latest('steering-committee', 'D-1 GO WITH CONDITIONS');
      const assign = 'Assign: Technical debt within limits';
      expect(said(await at.room.client.press('PM', 'steering-committee', assign))).toMatch(
        /Chair has left, so the sponsor acts in their place\. Please ask Sponsor\.$/,
      );
      expect(await at.room.client.press('Sponsor', 'steering-committee', assign)).toMatchObject({ kind: 'form' });
    },
  },
];

const TEMPLATE = `name: data-gate
title: Data gate
criteria:
  - key: quality
    tier: must
    text: The data are complete
  - key: owner
    tier: should
    text: Somebody owns it
`;

/** What the table does: by buttons where there are some, and else as the adapter hands it over. */
class Desk {
  readonly room: Room;
  readonly #becomes: Becomes;
  #causes = 0;

  constructor(room: Room, becomes: Becomes) {
    this.room = room;
    this.#becomes = becomes;
  }

  is(who: Role, what: keyof Becomes): Promise<void> {
    return this.#becomes[what]!(this.room.client, who);
  }

  readonly sentence = (heard: Heard): string => {
    if (heard.kind === 'said') return heard.text;
    if (heard.kind === 'errors')
      return Object.entries(heard.errors)
        .map(([label, one]) => `${label}: ${one}`)
        .join(' ');
    throw new Error(`expected a sentence, heard ${JSON.stringify(heard)}`);
  };

  async vote(who: Role): Promise<string> {
    return this.sentence(await this.room.client.press(who, 'steering-committee', 'Vote'));
  }

  /** Everything that is kept and derived, but what a look may learn of somebody. */
  record(): unknown {
    return [
      'select max(seq) as n, max(digest) as d from journal',
      'select * from ballots order by vote, person',
      'select id, state from flows order by id',
      'select * from templates',
      'select * from deputies',
    ].map((sql) => this.room.rows(sql));
  }

  deadline(): number {
    return (this.room.rows('select deadline from votes') as { deadline: number }[])[0]!.deadline;
  }

  /** The id of the newest flow of a kind. */
  latest(kind: string): string {
    const [found] = this.room.rows(`select id from flows where kind = '${kind}' order by length(id) desc, id desc`) as { id: string }[];
    return found!.id;
  }

  channel(): string {
    return (this.room.rows("select id from channels where name = 'steering-committee'") as { id: string }[])[0]!.id;
  }

  person(who: Role): PersonId {
    const [found] = this.room.rows(`select id from people where name = '${who}'`) as { id: PersonId }[];
    if (!found) throw new Error(`nobody is called ${who} yet`);
    return found.id;
  }

  /** A saved template, by an administrator. */
  async template(source: string): Promise<void> {
    const { store } = this.room.client.house.rooms;
    const [installation] = this.room.rows('select * from installations') as InstallationRow[];
    await store.update((tables) =>
      tables.putCode({
        workspace: installation!.workspace,
        digest: digestOf('OPER-ATOR-CODE'),
        purpose: 'administrator',
        flow: null,
        expires_at: this.room.client.now() + DAY,
      }),
    );
    await this.raw('Chair', 'administrator', 'open', undefined, { about: 'OPER-ATOR-CODE' });
    await this.raw('Chair', 'template', 'open', { source });
    expect(await this.fill('Chair', 'template', 'save')).toContain('Saved as data-gate/1');
  }

  /** Opens a form, changes what is named in it, and sends it. */
  readonly fill = async (
    who: Role,
    kind: string,
    input: string,
    values: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<string> => {
    const asked = await this.#act(who, kind, input, {});
    if (asked.kind !== 'form') return this.#said(asked);
    const start = Object.fromEntries(asked.form.fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])));
    const named = (one: string) => (/^(PM|Sponsor|Chair|Member \d)$/.test(one) ? this.person(one as Role) : one);
    const given = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? named(value) : value.map(named)]),
    );
    const { about } = asked.form.press;
    return this.#said(
      await this.#act(who, kind, input, {
        raw: { ...start, ...given },
        ...(asked.form.seen === undefined ? {} : { seen: asked.form.seen }),
        ...(about === undefined ? {} : { about }),
      }),
    );
  };

  /** What came back to raw answers. */
  async raw(
    who: Role,
    kind: string,
    input: string,
    raw?: Raw,
    more: { about?: string; seen?: number; elsewhere?: true } = {},
  ): Promise<string> {
    return this.#said(await this.#act(who, kind, input, { ...(raw ? { raw } : {}), ...more }));
  }

  async #act(
    who: Role,
    kind: string,
    input: string,
    { raw, about, seen, elsewhere }: { raw?: Raw; about?: string; seen?: number; elsewhere?: true },
  ) {
    const { engine, store } = this.room.client.house.rooms;
    const [home] = this.room.rows('select * from installations') as InstallationRow[];
    const installation = elsewhere
      ? await store.update((tables) => tables.putInstallation({ platform: home!.platform, key: 'elsewhere', name: 'Elsewhere' }, 0))
      : home!;
    const [{ user }] = this.room.rows(`select user from identities where person = '${this.person(who)}'`) as [{ user: string }];
    return await engine.handle({
      cause: `mistake ${++this.#causes}`,
      installation,
      by: { user },
      press: { to: input === 'open' ? kind : this.latest(kind), input, ...(about === undefined ? {} : { about }) },
      ...(raw ? { answers: { raw, ...(seen === undefined ? {} : { seen }) } } : {}),
      at: this.room.client.now(),
    });
  }

  /** With names in the place of ids. */
  #said(reply: Parameters<typeof words>[0]): string {
    const people = this.room.rows('select id, name from people') as { id: string; name: string }[];
    const plain =
      reply.kind === 'errors'
        ? Object.entries(reply.errors)
            .map(([key, one]) => `${key}: ${one}`)
            .join(' ')
        : words(reply);
    return plain.replaceAll(/person\/\d+/g, (id) => people.find((one) => one.id === id)?.name ?? id);
  }
}

/** What `offshoot verify` finds while the product runs. */
async function verified(client: PlatformClient): Promise<unknown> {
  let out = '';
  const note = (text: string) => void (out += text);
  await run(['verify', '--json'], { env: { DATABASE_URL: `file:${client.database}` }, out: note, err: note });
  const { ok, drift } = JSON.parse(out) as { ok: boolean; drift: unknown };
  return { ok, drift };
}

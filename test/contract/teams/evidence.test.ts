import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsIn } from '../../core/rows.ts';
import { type Heard, said } from '../client.ts';
import { requestsDuring } from '../requests.ts';
import { type Node, within } from './cards.ts';
import { cardOf, teamsClient, type TeamsClient, textIn } from './client.ts';
import type { Account } from './microsoft.ts';

let client: TeamsClient;
beforeEach(async () => {
  client = await teamsClient();
  await client.say('PM', 'churn-model', '/initiative Churn model');
  await client.submit('PM', { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
});
afterEach(async () => {
  await client.stop();
});

const rows = (sql: string): unknown[] => rowsIn(client.database, sql);
const field = (heard: Heard, label: string): unknown =>
  heard.kind === 'form' ? heard.fields.find((one) => one.label === label)?.value : JSON.stringify(heard);

const LINK = 'https://teams.microsoft.com/l/message/19:x@thread.tacv2/1?tenantId=t&groupId=g&parentMessageId=1';
/** A message as Teams hands it over. */
const message = (content: string, more: object = {}) => ({
  id: '1799830800000',
  createdDateTime: '2027-01-11T09:20:00Z',
  importance: 'normal',
  locale: 'en-us',
  linkToMessage: `${LINK}&teamName=Pilots&channelName=Churn&createdTime=1799830800000`,
  from: { user: { userIdentityType: 'aadUser', id: 'u', displayName: 'Member 2' } },
  body: { contentType: 'html', content },
  attachments: [],
  mentions: [],
  reactions: [],
  ...more,
});
const churn = () => client.conversation('Member 1', 'churn-model');
const choose = (content: string, more: object = {}) => client.choose('Member 1', churn(), message(content, more));

describe('a message of Teams', () => {
  it('is put in as evidence, once, and its owner is told', async () => {
    const form = await choose('<div><div>Recall is at <strong>0.83</strong></div></div>');
    expect(form).toMatchObject({ kind: 'form', title: 'Put in as evidence' });
    expect(field(form, 'What it says')).toBe('Recall is at 0.83');
    expect(decodeURIComponent(String(field(form, 'Where it comes from')))).toBe(LINK);
    expect(field(form, 'Initiative')).toBe('initiative/1');
    const done = await client.submit('Member 1', { 'What it speaks to': 'Go/no-go: Positive ROI at scale' });
    expect(said(done)).toContain('Kept as evidence on Churn model');
    expect(said(await client.again('Member 1'))).toContain('Kept as evidence on Churn model');
    expect(rows('select id, says, criterion from evidence')).toEqual([
      { id: 'evidence/1', says: 'Recall is at 0.83', criterion: 'go-no-go roi' },
    ]);
    expect(await client.see('PM', 'direct')).toMatchObject([
      { text: expect.stringContaining('Recall is at 0.83'), buttons: ['Withdraw', 'Mute these'] },
    ]);
  });

  it('keeps the dialog open with what was typed while something is wrong', async () => {
    await choose('A trap');
    for (const link of ['javascript:alert(1)', 'data:text/html,x'])
      expect(await client.submit('Member 1', { 'Where it comes from': link })).toMatchObject({
        kind: 'errors',
        errors: { 'Where it comes from': expect.stringContaining('like https://') },
      });
    expect(said(await client.submit('Member 1', { 'Where it comes from': '' }))).toContain('Kept as evidence');
    expect(rows('select says, link from evidence')).toEqual([{ says: 'A trap', link: null }]);
  });

  it('comes from conversations that Offshoot is not in, and makes no places of them', async () => {
    const places = () => [
      rows('select * from channels'),
      rows("select identities.user, direct from identities join people on id = person where name = 'Member 1'"),
    ];
    const before = places();
    const members: Account[] = [];
    const chat = client.microsoft.open({ id: '19:u1_u2@unq.gbl.spaces', type: 'personal', members });
    const foreign = client.microsoft.open({ id: '19:foreign@thread.tacv2', type: 'channel', members });
    for (const conversation of [chat, foreign]) {
      expect(field(await client.choose('Member 1', conversation, message('From elsewhere')), 'What it says')).toBe('From elsewhere');
      expect(said(await client.submit('Member 1', { 'Where it comes from': '' }))).toContain('Kept as evidence');
    }
    expect(places()).toEqual(before);
    expect([...chat.messages, ...foreign.messages]).toEqual([]);
  });

  it('of 10,000 characters is cut at a word, and nothing of it is markup anywhere', async () => {
    const says = field(await choose(`<p>${'word '.repeat(2_000)}</p>`), 'What it says');
    expect(says).toBe(`${'word '.repeat(199)}word…`);
    const form = await choose(
      '&lt;at&gt;PM&lt;/at&gt; {{DATE(2027-01-01T00:00:00Z)}} **bold** <script>x</script><img src="https://e.com/x" alt="a chart">',
    );
    const typed = '<at>PM</at> {{DATE(2027-01-01T00:00:00Z)}} **bold** a chart';
    expect(field(form, 'What it says')).toBe(typed);
    await client.submit('Member 1', {});
    await client.house.rooms.courier.idle();
    const note = client.conversation('PM', 'direct').messages.at(-1)!;
    expect(textIn(note).replaceAll('\u200b', '')).toContain(typed);
    const blocks = [...within(cardOf(note))].filter((node: Node) => node.type === 'TextBlock' || node['selectAction'] || node['url']);
    expect(blocks).toEqual([]);
    expect(JSON.stringify(note)).not.toMatch(/<at>|\{\{DATE\(2027-01-01/);
  });

  it('keeps a link that leads inside, shows it as text, and follows none', async () => {
    const sent = await requestsDuring(async () => {
      await choose('<a href="http://169.254.169.254/latest">metadata</a><img src="http://169.254.169.254/pixel">');
      await client.submit('Member 1', { 'Where it comes from': 'http://169.254.169.254/latest' });
      await client.house.rooms.courier.idle();
    });
    expect(rows('select says, link from evidence')).toEqual([
      { says: 'metadata (http://169.254.169.254/latest)', link: 'http://169.254.169.254/latest' },
    ]);
    expect((await client.see('PM', 'direct')).at(-1)?.text).toContain('http://169.254.169.254/latest');
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.filter((one) => one.includes('169.254') || !/^127\.0\.0\.1:\d+ /.test(one))).toEqual([]);
  });

  it.each([
    ['no payload at all', undefined],
    ['a payload of another kind', 'x'],
    ['parts of other kinds', { body: 7, attachments: {} }],
    ['nothing in it', {}],
  ])('that Teams hands over with %s opens an empty form', async (_, payload) => {
    const form = await client.choose('Member 1', churn(), payload as never);
    expect(form).toMatchObject({ kind: 'form', title: 'Put in as evidence' });
    expect(field(form, 'What it says')).toBe('');
  });

  it('is taken by no other command, and by none of another tenant', async () => {
    const value = { commandId: 'other', messagePayload: message('x') };
    const invoke = (more: object) =>
      client.send({ ...client.activity('Member 1', churn(), 'invoke', { name: 'composeExtension/fetchTask', value }), ...more });
    expect(await invoke({})).toMatchObject({ status: 501 });
    expect(await invoke({ channelData: { tenant: { id: 'b0a0' } } })).toMatchObject({ status: 403 });
  });
});

describe('somebody who joins a team', () => {
  const joined = async (people: readonly Account[], more: object = {}): Promise<void> => {
    await client.send({
      ...client.activity('PM', churn(), 'conversationUpdate', { membersAdded: people.map(({ id, aadObjectId }) => ({ id, aadObjectId })) }),
      ...more,
    });
    await client.house.rooms.courier.idle();
  };
  const newcomer = (name: string, more: Partial<Account> = {}): Account => {
    const account = { id: `29:${name}`, name, aadObjectId: `00000000-0000-0000-0000-${name.padStart(12, '0')}`, ...more };
    for (const id of [client.microsoft.team.id, churn().id]) client.microsoft.conversations.get(id)!.members.push(account);
    return account;
  };
  const told = (name: string) => (client.microsoft.conversations.get(`a:29:${name}`)?.messages ?? []).map(textIn);
  /** Waits until whoever joined before has been looked at, by one who joins after. */
  async function settle(): Promise<void> {
    await joined([newcomer('last')]);
    await expect.poll(() => told('last'), { timeout: 20_000 }).toHaveLength(1);
  }

  it('is told once what it is about, and by name in the record', async () => {
    const people = [newcomer('one'), newcomer('two')];
    const update = { id: 'f:again' };
    await joined(people, update);
    await joined(people, update);
    await joined(people);
    await settle();
    expect([told('one').length, told('two').length]).toEqual([1, 1]);
    expect(told('one')[0]).toMatch(/What #churn-model is about[^]*Owner: ?PM|What #churn-model is about[^]*PM/);
    expect(rows('select people.name from introductions, people where people.id = person order by people.name')).toEqual([
      { name: 'last' },
      { name: 'one' },
      { name: 'two' },
    ]);
  });

  it.each([
    ['a guest', { userRole: 'guest' }],
    ['of another tenant', { tenantId: 'b0a0' }],
    ['a bot', { id: '28:other' }],
  ] as const)('is told nothing, being %s', async (_, more) => {
    await joined([newcomer('odd', more)]);
    await settle();
    expect(told('odd')).toEqual([]);
    expect(rows('select * from introductions')).toHaveLength(1);
  });

  it('is told nothing where Offshoot came itself, with all who were there', async () => {
    await joined([newcomer('present'), { id: `28:${client.microsoft.appId}`, name: 'Offshoot', aadObjectId: '' }]);
    await settle();
    expect(told('present')).toEqual([]);
  });

  it('is told nothing where Teams does not know them, and others are told all the same', async () => {
    await joined([{ id: '29:gone', name: 'gone', aadObjectId: 'gone' }, newcomer('one')]);
    await expect.poll(() => told('one'), { timeout: 20_000 }).toHaveLength(1);
    expect(rows('select * from introductions')).toHaveLength(1);
  });

  it('is told nothing in a channel without an initiative', async () => {
    const steering = client.conversation('PM', 'steering-committee');
    const account = newcomer('one');
    await client.send(client.activity('PM', steering, 'conversationUpdate', { membersAdded: [account] }));
    await settle();
    expect(told('one')).toEqual([]);
  });
});

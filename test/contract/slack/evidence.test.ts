import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsIn } from '../../core/rows.ts';
import { type Heard, said } from '../client.ts';
import { requestsDuring } from '../requests.ts';
import { CHANNELS, type SlackClient, startedClient, until, userOf } from './client.ts';
import { BOT, type Message } from './workplace.ts';

const CHURN = CHANNELS['churn-model'];
const ELSEWHERE = 'C0ELSEWHERE';

let client: SlackClient;
afterEach(async () => {
  await client.stop();
});

const rows = (sql: string): unknown[] => rowsIn(client.database, sql);
const kept = () => rows('select says, link, criterion from evidence');
const field = (heard: Heard, label: string): unknown =>
  heard.kind === 'form' ? heard.fields.find((one) => one.label === label)?.value : JSON.stringify(heard);

async function register(): Promise<void> {
  await client.say('PM', 'churn-model', '/initiative Churn model');
  await client.submit('PM', { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
  // What Offshoot asks of Slack after that is over.
  await until(() => rows("select * from people where name = ''").length === 0);
  await until(() => client.slack.calls.some(({ method }) => method === 'conversations.info'));
}

const choose = (text: string, channel: string = CHURN, more: object = {}) =>
  client.act('Member 1', client.people.choose(userOf('Member 1'), channel, { ts: '1799830800.000200', text, ...more }));

describe.each(['http', 'socket'] as const)('a message of Slack in %s mode', (mode) => {
  beforeEach(async () => {
    client = await startedClient(mode);
    client.slack.channels.set(ELSEWHERE, { name: 'elsewhere', members: new Set([userOf('Member 1')]) });
    await register();
  });

  it('is put in as evidence, once, and its owner is told', async () => {
    const form = await choose('Recall is at 0.83');
    expect(form).toMatchObject({ kind: 'form', title: 'Put in as evidence' });
    expect(['Initiative', 'What it speaks to', 'What it says', 'Where it comes from'].map((label) => field(form, label))).toEqual([
      'Churn model',
      'The initiative as a whole',
      'Recall is at 0.83',
      `https://stand-in.slack.com/archives/${CHURN}/p1799830800000200`,
    ]);
    const done = await client.submit('Member 1', { 'What it speaks to': 'Go/no-go: Technical performance requirement met' });
    expect(said(done)).toContain('Kept as evidence on Churn model');
    await client.again('Member 1');
    expect(kept()).toEqual([
      {
        says: 'Recall is at 0.83',
        link: `https://stand-in.slack.com/archives/${CHURN}/p1799830800000200`,
        criterion: 'go-no-go performance',
      },
    ]);
    expect(await client.see('PM', 'direct')).toMatchObject([
      { text: expect.stringContaining('Recall is at 0.83'), buttons: ['Withdraw', 'Mute these'] },
    ]);
    expect(client.slack.messages.filter(({ channel }) => channel === CHURN)).toEqual([]);
    await client.press('PM', 'direct', 'Withdraw');
    expect(said(await client.submit('PM', { 'Why is it withdrawn?': 'Of another model' }))).toContain('Withdrawn');
    expect(kept()).toEqual([]);
    expect(await client.see('PM', 'direct')).toEqual([]);
  });

  it('comes from a channel that the bot is not in, and from a thread', async () => {
    client.slack.calls.length = 0;
    const form = await choose('In a thread', ELSEWHERE, { thread_ts: '1799830700.000100' });
    expect(field(form, 'Initiative')).toBe('Churn model');
    expect(field(form, 'Where it comes from')).toBe(
      `https://stand-in.slack.com/archives/${ELSEWHERE}/p1799830800000200?thread_ts=1799830700.000100&cid=${ELSEWHERE}`,
    );
    // Nothing is asked of Slack before the form is open.
    expect(client.slack.calls.map(({ method }) => method).filter((method) => method !== 'users.info')).toEqual(['views.open']);
    expect(said(await client.submit('Member 1', {}))).toContain('Kept as evidence');
  });

  it('reads as people see it', async () => {
    const text = `<@${userOf('PM')}> and <@U0NOBODY> in <#${CHURN}> <#C1|other>: a &lt; b &amp;&amp; c, <!here> <!subteam^S1|@team> <https://e.com/a?b=1&amp;c=2|the scan> <https://e.com/x> <https://e.com/y|e.com/y> &amp;lt; *bold*`;
    expect(field(await choose(text), 'What it says')).toBe(
      '@PM and @somebody in #churn-model #other: a < b && c, @here @team the scan (https://e.com/a?b=1&c=2) https://e.com/x e.com/y &lt; *bold*',
    );
    await client.submit('Member 1', {});
    const note = client.slack.messages.find(({ channel }) => channel === client.slack.im(userOf('PM')))!;
    expect(JSON.stringify(note.blocks)).not.toMatch(/"type":"(link|user|mrkdwn)"/);
    expect(note.text).toContain('a &lt; b &amp;&amp; c');
  });

  it('of 10,000 characters is cut at a word, and one that is only a file has its name', async () => {
    const says = field(await choose('word '.repeat(2_000)), 'What it says') as string;
    expect(says).toBe(`${'word '.repeat(199)}word…`);
    expect(said(await client.submit('Member 1', {}))).toContain('Kept as evidence');
    expect(field(await choose('', CHURN, { files: [{ title: 'Latency report', name: 'x.pdf' }, { name: 'b.csv' }] }), 'What it says')).toBe(
      'Latency report\nb.csv',
    );
  });

  it('opens no form where there is nothing to put it in for', async () => {
    const bare = await startedClient(mode);
    const heard = await bare.act('PM', bare.people.choose(userOf('PM'), CHURN, { ts: '1.2', text: 'x' }));
    expect(said(heard)).toContain('There is no initiative yet');
    await bare.stop();
  });

  it('keeps a link that leads inside, shows it as text, and follows none', async () => {
    const sent = await requestsDuring(async () => {
      await choose('See the metadata');
      expect(said(await client.submit('Member 1', { 'Where it comes from': 'http://169.254.169.254/latest' }))).toContain(
        'Kept as evidence',
      );
      expect(said(await client.say('PM', 'churn-model', '/offshoot evidence churn list'))).toContain('http://169.254.169.254/latest');
      await client.idle();
    });
    const { host } = new URL(client.slack.apiUrl);
    expect(sent.filter((one) => one.startsWith(`${host} /api/`)).length).toBeGreaterThan(1);
    expect(sent.filter((one) => one.includes('169.254') || !/^127\.0\.0\.1:\d+ /.test(one))).toEqual([]);
    const shown = JSON.stringify([client.slack.messages, [...client.slack.modals.values()]]);
    expect(shown).toContain('http://169.254.169.254/latest');
    expect(shown).not.toContain('"type":"link"');
    const posts = client.slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts.map(({ args }) => [args['unfurl_links'], args['unfurl_media']])).toEqual([['false', 'false']]);
    await choose('A trap');
    for (const link of ['javascript:alert(1)', 'data:text/html,x'])
      expect(await client.submit('Member 1', { 'Where it comes from': link })).toMatchObject({
        errors: { 'Where it comes from': expect.stringContaining('like https://') },
      });
  });
});

describe('somebody who joins a channel of Slack', () => {
  const NEW = 'U0NEWCOMER';
  beforeEach(async () => {
    client = await startedClient('http');
    client.slack.users.set(NEW, { name: 'Newcomer', tz: 'Europe/Berlin' });
    await register();
    client.slack.calls.length = 0;
  });

  const told = (user: string): Message[] => client.slack.messages.filter(({ channel }) => channel === client.slack.im(user));
  const deliver = ({ kind, payload }: ReturnType<typeof client.people.join>) => client.slack.deliver('http', kind, payload);
  const looked = () => client.slack.calls.filter(({ method }) => method === 'users.info').map(({ args }) => args['user']);
  /** Waits until whoever joined before has been looked at, by one who joins after. */
  async function settle(): Promise<void> {
    client.slack.users.set('U0LAST', { name: 'Last', tz: 'Europe/Berlin' });
    await deliver(client.people.join('U0LAST', CHURN));
    await until(() => told('U0LAST').length === 1);
    await client.idle();
  }

  it('is told once what it is about, and by name in the record', async () => {
    const joined = client.people.join(NEW, CHURN);
    await deliver(joined);
    await deliver(joined);
    await deliver(client.people.join(NEW, CHURN));
    await settle();
    expect(told(NEW)).toHaveLength(1);
    expect(client.text(told(NEW)[0]!)).toMatch(/What #churn-model is about[^]*Churn model[^]*Owner: PM[^]*you joined #churn-model/);
    expect(rows("select name from introductions, people where people.id = person and name = 'Newcomer'")).toHaveLength(1);
  });

  it.each([
    ['a bot', { is_bot: true }],
    ['a guest', { is_restricted: true }],
    ['one of another organization', { is_stranger: true }],
    ['one of another team', { team_id: 'T0OTHER' }],
    ['one who has left', { deleted: true }],
  ])('is told nothing, and not entered, being %s', async (_, more) => {
    client.slack.users.set(NEW, { name: 'Newcomer', tz: 'Europe/Berlin', ...more });
    await deliver(client.people.join(NEW, CHURN));
    await settle();
    expect(looked()).toContain(NEW);
    expect(told(NEW)).toEqual([]);
    expect(rows(`select * from identities where user = '${NEW}'`)).toEqual([]);
  });

  it('is not even looked up where nothing is registered, nor is Offshoot itself', async () => {
    client.slack.channels.set(ELSEWHERE, { name: 'elsewhere', members: new Set([BOT]) });
    await deliver(client.people.join(NEW, ELSEWHERE));
    await deliver(client.people.join(BOT, CHURN));
    await settle();
    expect(looked()).toEqual(['U0LAST']);
    expect(rows('select * from introductions')).toHaveLength(1);
  });

  it('waits for its turn when Slack is asked too often', async () => {
    client.slack.troubles.push({ method: 'users.info', how: { wait: 1 } });
    await deliver(client.people.join(NEW, CHURN));
    await until(() => told(NEW).length === 1);
    expect(looked()).toEqual([NEW, NEW]);
  });

  it('holds nobody up who stops the program meanwhile', async () => {
    client.slack.troubles.push({ method: 'users.info', how: { wait: 600 } });
    await deliver(client.people.join(NEW, CHURN));
    await until(() => looked().length === 1);
    await client.restart();
    expect(told(NEW)).toEqual([]);
  });

  it('cannot be pretended by pressing', async () => {
    const [message] = [client.slack.say({ channel: CHURN, blocks: [forged] })];
    const press = client.people.press(userOf('Member 1'), message, 'Forged');
    expect(said(await client.act('Member 1', press))).toContain('cannot be started by hand');
    expect(rows('select * from introductions')).toEqual([]);
  });
});

const forged = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'press-1', text: { type: 'plain_text', text: 'Forged' }, value: 'introduction open' }],
};

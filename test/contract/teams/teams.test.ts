import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsIn } from '../../core/rows.ts';
import { type Heard, said } from '../client.ts';
import { actionsOf, type Node, within } from './cards.ts';
import { cardOf, type Sent, teamsClient, type TeamsClient, textIn } from './client.ts';
import { Key } from './keys.ts';

const HOUR = 3_600_000;

let client: TeamsClient;
beforeEach(async () => {
  client = await teamsClient();
});
afterEach(async () => {
  await client.stop();
});

describe('who may speak through Teams’ door', () => {
  it('sends away whoever has no token, a forged one, one for another bot, or one that has run out', async () => {
    const activity = message('help');
    const now = Math.floor(Date.now() / 1000);
    const { microsoft } = client;
    expect(await client.send({}, '')).toMatchObject({ status: 401 });
    expect(await client.send(activity, '')).toMatchObject({ status: 401 });
    expect(await client.send(activity, 'no.token.atall')).toMatchObject({ status: 401 });
    expect(await client.send(activity, microsoft.token({}, new Key(microsoft.signing.id)))).toMatchObject({ status: 401 });
    expect(await client.send(activity, microsoft.token({ aud: microsoft.tenant }))).toMatchObject({ status: 401 });
    expect(await client.send(activity, microsoft.token({ exp: now - HOUR }))).toMatchObject({ status: 401 });
    expect(await client.send(activity, microsoft.token({ nbf: now + HOUR }))).toMatchObject({ status: 401 });
    expect(await client.send({ ...activity, serviceUrl: 'https://smba.trafficmanager.net/emea/' })).toMatchObject({ status: 401 });
    expect(posted()).toEqual([]);
    expect(await client.send(activity)).toMatchObject({ status: 200 });
    expect(posted()).toHaveLength(1);
  });

  it('refuses what the token does not vouch for: another tenant, a foreign service address, another channel', async () => {
    const { microsoft } = client;
    const activity = message('help');
    const foreign = 'https://example.org/emea/';
    expect(await client.send({ ...activity, channelData: { tenant: { id: 'b0a0' } } })).toMatchObject({ status: 403 });
    expect(await client.send({ ...activity, channelData: {}, conversation: { id: 'a:1', tenantId: 'b0a0' } })).toMatchObject({
      status: 403,
    });
    expect(await client.send({ ...activity, conversation: { ...activity.conversation, tenantId: 'b0a0' } })).toMatchObject({ status: 403 });
    expect(await client.send({ ...activity, serviceUrl: foreign }, microsoft.token({ serviceurl: foreign }))).toMatchObject({
      status: 403,
    });
    const moved = 'https://smba.trafficmanager.net/emea/';
    const channel = { ...message('help', 'steering-committee'), serviceUrl: moved };
    expect(await client.send(channel, microsoft.token({ serviceurl: moved }))).toMatchObject({ status: 403 });
    expect(await client.send({ ...activity, channelId: 'webchat' })).toMatchObject({ status: 401 });
    expect(rows('select platform from installations')).toEqual([{ platform: 'teams' }]);
    expect(posted()).toEqual([]);
  });

  it('answers a body that is no activity with 400, and lives on', async () => {
    const { type: _, ...typeless } = message('help');
    expect(await client.send(typeless)).toMatchObject({ status: 400 });
    expect(await client.send({ ...message('help'), from: 'somebody' })).toMatchObject({ status: 400 });
    expect(await raw('{"type":')).toBe(400);
    expect(await raw(`{"type":"${'x'.repeat(300_000)}"}`)).toBe(413);
    expect(await client.send({ ...message(''), type: 'invoke', name: 'composeExtension/query' })).toMatchObject({ status: 501 });
    expect(await client.send({ ...message(''), type: 'messageReaction' })).toMatchObject({ status: 200 });
    expect(said(await client.say('PM', 'direct', 'help'))).toContain('/go-no-go');
  });
});

describe('what Teams sends twice', () => {
  it('answers a message once that is delivered again', async () => {
    const activity = message('help');
    await Promise.all([client.send(activity), client.send(activity)]);
    await client.send(activity);
    expect(posted()).toHaveLength(1);
  });

  it('does not answer a message again whose answer may have landed', async () => {
    const activity = message('help');
    client.microsoft.mishaps.push({ on: 'post', accept: true, status: 502 });
    expect(await client.send(activity)).toMatchObject({ status: 200 });
    expect(await client.send(activity)).toMatchObject({ status: 200 });
    expect(posted()).toHaveLength(1);
  });

  it('makes one change of a form that is sent twice, and says the same to both', async () => {
    await client.say('PM', 'churn-model', '/initiative Returns model');
    const first = await client.submit('PM', { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
    expect(said(await client.again('PM'))).toBe(said(first));
    expect(rows('select name from initiatives')).toEqual([{ name: 'Returns model' }]);
  });
});

describe('a message that does not arrive', () => {
  it('is sent once when the answer is lost, and named to the operator', async () => {
    await prepare();
    await openVote(() => client.microsoft.mishaps.push({ on: 'post', accept: true, reset: true }));
    expect(posts()).toHaveLength(1);
    expect(await held()).toEqual([
      { kind: 'uncertain', what: expect.stringContaining('vote of vote/1'), why: expect.stringContaining('lost') },
    ]);
    await client.restart(HOUR);
    expect(posts()).toHaveLength(1);
  });

  it('is not in doubt because a connection was closed that had long been idle', async () => {
    await prepare();
    client.microsoft.impatient = true;
    await openVote();
    for (const who of ['Chair', 'Member 1'] as const) {
      await client.press(who, 'steering-committee', 'Vote');
      await client.submit(who, {});
    }
    expect((await client.see('PM', 'steering-committee')).at(-1)?.text).toContain('D-1 GO: Returns model');
    expect(await held()).toEqual([]);
  });

  it('is sent once when Teams fails after it has taken it', async () => {
    await prepare();
    await openVote(() => client.microsoft.mishaps.push({ on: 'post', accept: true, status: 502 }));
    expect(posts()).toHaveLength(1);
    expect(await held()).toMatchObject([{ kind: 'uncertain' }]);
  });

  it('is sent again when Teams says that it did not take it', async () => {
    await prepare();
    await openVote(() => client.microsoft.mishaps.push({ on: 'post', status: 429, retryAfter: 1 }));
    await expect.poll(posts, { timeout: 20_000 }).toHaveLength(2);
    expect((await client.see('PM', 'steering-committee')).at(-1)?.text).toContain('0 of 2 voted');
    expect(await held()).toEqual([]);
  });

  it('is sent a little later when Teams puts the answer to words off, and Teams hears of no failure', async () => {
    const later = { on: 'post', status: 429, retryAfter: 1 } as const;
    client.microsoft.mishaps.push(later, { ...later });
    expect(await client.send(message('help'))).toMatchObject({ status: 200 });
    expect(posted()).toHaveLength(1);
    expect(client.microsoft.requests.filter((one) => one.startsWith('post '))).toHaveLength(3);
  });

  it('is given up, for Teams to deliver the words again, when the answer is put off for longer than anybody waits', async () => {
    client.microsoft.mishaps.push({ on: 'post', status: 429, retryAfter: 60 });
    expect(await client.send(message('help'))).toMatchObject({ status: 500 });
    expect(posted()).toEqual([]);
  });

  it('waits, when Offshoot was put out, until it is let in again', async () => {
    await prepare();
    const conversation = client.conversation('PM', 'steering-committee');
    await openVote(() => (conversation.installed = false));
    expect(await held()).toEqual([
      { kind: 'delivery', what: expect.stringContaining('vote/1'), why: expect.stringMatching(/add the app .* delivered$/) },
    ]);
    conversation.installed = true;
    await client.send(client.activity('PM', conversation, 'conversationUpdate', { membersAdded: [{ id: '28:bot' }] }));
    expect((await client.see('PM', 'steering-committee')).at(-1)?.text).toContain('Go/no-go');
    expect(await held()).toEqual([]);
  });

  it('comes in every channel of a team, as soon as Offshoot is added to the team again', async () => {
    await prepare();
    const conversation = client.conversation('PM', 'steering-committee');
    await openVote(() => (conversation.installed = false));
    expect(await held()).toMatchObject([{ kind: 'delivery' }]);
    conversation.installed = true;
    await client.install();
    await expect.poll(held).toEqual([]);
    expect((await client.see('PM', 'steering-committee')).at(-1)?.text).toContain('Go/no-go');
  });

  it('is posted anew when somebody had removed it', async () => {
    await prepare();
    await openVote();
    const { messages } = client.conversation('PM', 'steering-committee');
    messages.splice(
      messages.findIndex((one) => textIn(one).includes('Go/no-go')),
      1,
    );
    await client.moveTo(client.now() + 4 * 24 * HOUR);
    await expect.poll(() => messages.filter((one) => textIn(one).includes('NO QUORUM')).length, { timeout: 20_000 }).toBe(2);
  });
});

it('writes first, after a restart, to channels and to people who never wrote to it', async () => {
  await prepare();
  await openVote();
  await client.restart();
  await client.moveTo(client.now() + 2.5 * 24 * HOUR);
  expect(await client.see('Member 1', 'direct')).toMatchObject([
    { text: expect.stringContaining('Your ballot is missing'), buttons: ['Vote', 'Mute these'] },
  ]);
  expect(client.microsoft.requests.filter((one) => one.startsWith('create'))).toHaveLength(2);
});

it('learns the names of a group chat and of a private channel, which Teams does not list', async () => {
  const members = [...client.conversation('PM', 'churn-model').members];
  const chat = client.microsoft.open({ id: '19:chat@thread.v2', type: 'groupChat', members });
  await client.send(
    client.activity('PM', chat, 'message', {
      ...mention('help'),
      conversation: { id: chat.id, conversationType: 'groupChat', tenantId: client.microsoft.tenant },
    }),
  );
  expect(chat.messages.map(textIn)).toEqual([expect.stringContaining('/go-no-go')]);
  const secret = client.microsoft.open({ id: '19:private@thread.tacv2', type: 'personal', members });
  await client.send(client.activity('PM', { ...secret, type: 'channel' }, 'message', mention('help')));
  expect(secret.messages.map(textIn)).toEqual([expect.stringContaining('/go-no-go')]);
  expect(rows('select name from channels order by name')).toEqual(
    ['Group chat', 'Pilots', 'Private channel of Pilots', 'churn-model', 'steering-committee'].map((name) => ({ name })),
  );
});

describe('a client that opens no dialogs', () => {
  it('gets the form of a channel’s button in the personal chat, and can send it once', async () => {
    await prepare();
    await openVote();
    client.dialogs = false;
    expect(await client.press('Member 1', 'steering-committee', 'Vote')).toMatchObject({ kind: 'form', title: 'Your ballot' });
    const channel = await client.see('PM', 'steering-committee');
    expect(channel.at(-1)?.text).toBe('Your Teams opens no dialog here, so I have answered you in our personal chat.');
    expect(said(await client.submit('Member 1', {}))).toContain('Counted: 15 go');
    const direct = client.conversation('Member 1', 'direct').messages;
    expect(direct).toHaveLength(1);
    expect(actionsOf(cardOf(direct[0]!))).toEqual([]);
    expect(said(await again('Member 1'))).toContain('Counted: 15 go');
    expect(rows('select number from ballots')).toEqual([{ number: 1 }]);
  });

  it('is led through all pages in one message, and keeps what was typed when it is wrong', async () => {
    await prepare();
    await openVote();
    client.dialogs = false;
    await client.press('Member 1', 'steering-committee', 'Vote');
    expect(await client.submit('Member 1', { 'Technical debt within limits': 'Missing' })).toMatchObject({ title: 'Your reasons' });
    const long = 'x'.repeat(1001);
    expect(await client.submit('Member 1', { 'Technical debt within limits: why missing?': long })).toMatchObject({ kind: 'errors' });
    const { messages } = client.conversation('Member 1', 'direct');
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages[0])).toContain(long);
    await client.submit('Member 1', { 'Technical debt within limits: why missing?': 'Far too much' });
    expect(messages.map(textIn)).toEqual([expect.stringContaining('Counted: 14 go, 1 missing')]);
  });
});

describe('what people typed', () => {
  it('pings nobody, formats nothing, and is not said again in a channel', async () => {
    await prepare();
    const name = '<at>PM</at> {{DATE(2027-01-01T00:00:00Z)}} **bold** [x](https://example.org)';
    await client.say('PM', 'churn-model', `/initiative ${name}`);
    await client.submit('PM', { Name: name, Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
    await client.say('PM', 'churn-model', `/initiative list`);
    const shown = client.conversation('PM', 'churn-model').messages.at(-1)!;
    expect(textIn(shown).replaceAll('\u200b', '')).toContain(name);
    expect(JSON.stringify(shown)).not.toMatch(/<at>|\{\{DATE/);
    expect(markup(cardOf(shown))).not.toContain('bold');
    expect(said(await client.say('PM', 'churn-model', '/go-no-go my dear secret'))).not.toContain('secret');
    expect(said(await client.say('PM', 'direct', '/go-no-go my dear secret'))).toContain('secret');
  });

  it('notifies only whom a card asks to do something, by an entity of its own', async () => {
    await prepare();
    await openVote();
    for (const who of ['Chair', 'Member 1'] as const) {
      await client.press(who, 'steering-committee', 'Vote');
      await client.submit(who, {});
    }
    await client.moveTo(client.now() + 40 * 24 * HOUR);
    const reminder = client.conversation('PM', 'churn-model').messages.findLast((one) => textIn(one).includes('Retraining'))!;
    expect(cardOf(reminder)['msteams']).toMatchObject({ entities: [{ type: 'mention', text: '<at>PM</at>', mentioned: { name: 'PM' } }] });
    expect(markup(cardOf(reminder))).toContain('<at>PM</at>');
    // The chair is asked for the rationale; nobody else is asked for anything there.
    const notified = client
      .conversation('PM', 'steering-committee')
      .messages.flatMap((one) => JSON.stringify(one.activity).match(/<at>.*?<\/at>/g) ?? []);
    expect(new Set(notified)).toEqual(new Set(['<at>Chair</at>']));
  });
});

/** A committee of two and an initiative. */
async function prepare(): Promise<void> {
  await client.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
  await client.submit('Chair', { Members: ['Chair', 'Member 1'], Chair: 'Chair', Quorum: '1' });
  await client.say('PM', 'churn-model', '/initiative Returns model');
  await client.submit('PM', { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
}

/** Opens the vote and delivers its card; `before` happens when the form is about to be sent. */
async function openVote(before: () => void = () => undefined): Promise<void> {
  await client.say('PM', 'churn-model', '/go-no-go returns');
  client.microsoft.requests.length = 0;
  before();
  const without = { 'Without a review or readiness check: why?': 'On paper' };
  await client.submit('PM', { Committee: 'Scaling board', Channel: 'steering-committee', ...without });
  await client.house.rooms.courier.idle();
}

const posts = () => client.microsoft.requests.filter((one) => one.startsWith('post '));
const held = () => client.house.rooms.store.look((tables) => tables.heldThings());
const again = async (who: 'Member 1'): Promise<Heard> => client.again(who);
const message = (text: string, where: 'direct' | 'steering-committee' = 'direct'): Sent =>
  client.activity('PM', client.conversation('PM', where), 'message', { text, textFormat: 'plain' });
const mention = (words: string): object => ({
  text: `${words} <at>Offshoot</at>`,
  entities: [{ type: 'mention', text: '<at>Offshoot</at>', mentioned: { id: `28:${client.microsoft.appId}` } }],
});
const posted = () => client.conversation('PM', 'direct').messages;

/** All text that the client reads as markup. */
const markup = (card: Node): string =>
  [...within(card)]
    .filter((node) => node.type === 'TextBlock')
    .map((node) => node['text'] as string)
    .join('\n');

const rows = (sql: string): unknown[] => rowsIn(client.database, sql);

/** Posts a body as it stands, with a good token. */
async function raw(body: string): Promise<number> {
  const response = await fetch(`${client.house.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${client.microsoft.token()}` },
    body,
  });
  return response.status;
}

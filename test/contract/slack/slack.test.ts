import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { rowsIn } from '../../core/rows.ts';
import { type Heard, said } from '../client.ts';
import { CHANNELS, SlackClient, startedClient, until, userOf } from './client.ts';
import { buttonsOf } from './shown.ts';
import { BOT, type Message } from './workplace.ts';

const STEERING = CHANNELS['steering-committee'];

let client: SlackClient;
afterEach(async () => {
  await client.stop();
});

const rows = (sql: string): unknown[] => rowsIn(client.database, sql);

/** An initiative and a committee of three, so that a vote can be opened. */
async function prepare(name = 'Returns model'): Promise<void> {
  await client.say('PM', 'churn-model', '/initiative');
  await client.submit('PM', { Name: name, Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
  await client.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
  await client.submit('Chair', { Members: ['Chair', 'Member 1', 'Member 2'], Chair: 'Chair', Quorum: '2' });
}

async function openVote(): Promise<Heard> {
  await client.say('PM', 'steering-committee', '/go-no-go');
  return await client.submit('PM', { Channel: 'steering-committee', 'Without a review or readiness check: why?': 'On paper' });
}

const votes = (): Message[] => client.slack.messages.filter((one) => one.channel === STEERING && client.text(one).startsWith('Go/no-go'));

describe.each(['http', 'socket'] as const)('Slack in %s mode', (mode) => {
  it('acknowledges what is pressed while its own calls hang', async () => {
    client = await startedClient(mode);
    client.slack.troubles.push({ method: 'views.open', how: 'hang' });
    const { kind, payload } = client.people.command(userOf('PM'), STEERING, '/initiative');
    await expect(client.slack.deliver(mode, kind, payload)).resolves.toBeOneOf([undefined, {}]);
    await until(() => client.slack.hanging === 1);
  });

  it('tells the one who pressed when Slack did not open the form', async () => {
    client = await startedClient(mode);
    client.slack.troubles.push({ method: 'views.open', how: { error: 'expired_trigger_id' } });
    expect(said(await client.say('PM', 'steering-committee', '/initiative'))).toContain('Please try it again');
  });

  it('opens one form for a press that comes twice, and says nothing of it', async () => {
    client = await startedClient(mode);
    const { kind, payload } = client.people.command(userOf('PM'), STEERING, '/initiative');
    await client.slack.deliver(mode, kind, payload);
    await client.slack.deliver(mode, kind, payload);
    await until(() => client.slack.calls.filter(({ method }) => method === 'views.open').length === 2);
    expect(said(await client.say('Chair', 'steering-committee', '/offshoot help'))).toContain('/go-no-go');
    expect(client.slack.messages).toEqual([]);
    expect(client.slack.modals.size).toBe(1);
  });

  it('ignores the events of another team', async () => {
    client = await startedClient(mode);
    await prepare();
    await openVote();
    const { kind, payload } = client.people.press(userOf('Member 1'), votes()[0]!, 'Vote');
    await client.slack.deliver(mode, kind, { ...payload, team: { id: 'T0OTHER' } });
    const command = client.people.command('U0STRANGER', STEERING, '/offshoot').payload;
    await client.slack.deliver(mode, 'slash_commands', { ...command, team_id: 'T0OTHER' });
    await client.idle();
    expect(client.slack.modals.get(userOf('Member 1'))).toBeUndefined();
    expect(rows("select * from identities where user = 'U0STRANGER'")).toEqual([]);
    expect(said(await client.say('PM', 'steering-committee', '/offshoot help'))).toContain('/go-no-go');
  });

  it('answers mentions privately in their thread, and offers a form where Slack opens none', async () => {
    client = await startedClient(mode);
    await prepare();
    const mention = client.people.say(userOf('PM'), STEERING, 'go-no-go returns', '1.1');
    expect(await client.act('PM', mention)).toEqual({ kind: 'said', text: 'Open a go/no-go vote', buttons: ['Fill in the form'] });
    expect(client.slack.messages.at(-1)).toMatchObject({ only: userOf('PM'), thread_ts: '1.1' });
    expect(await client.press('PM', 'steering-committee', 'Fill in the form')).toMatchObject({
      kind: 'form',
      title: 'Open a go/no-go vote',
    });
    expect(said(await client.say('PM', 'steering-committee', 'voet <now> & *here*'))).toContain('does not know “voet”');
  });

  it('answers a direct message once, however often Slack sends it', async () => {
    client = await startedClient(mode);
    const words = client.people.say(userOf('PM'), client.slack.im(userOf('PM')), 'Help');
    expect(said(await client.act('PM', words))).toContain('What Offshoot does');
    await client.slack.deliver(mode, words.kind, words.payload);
    expect(said(await client.say('PM', 'direct', 'decisions'))).toContain('There is no decision yet');
    expect(client.slack.messages.filter((one) => client.text(one).startsWith('What Offshoot does'))).toHaveLength(1);
  });

  it('has one message where the answer to its posting was lost', async () => {
    client = await startedClient(mode);
    await prepare();
    client.slack.troubles.push({ method: 'chat.postMessage', how: 'lost' });
    await openVote();
    await until(() => client.slack.calls.some(({ method }) => method === 'conversations.history'));
    await client.press('Member 1', 'steering-committee', 'Vote');
    await client.submit('Member 1', {});
    await until(() => client.text(votes()[0]!).includes('1 of 3 voted'));
    expect(votes()).toHaveLength(1);
  });

  it('looks again, and does not post again, where looking failed', async () => {
    client = await startedClient(mode);
    await prepare();
    client.slack.troubles.push({ method: 'chat.postMessage', how: 'lost' }, { method: 'conversations.history', how: { wait: 1 } });
    await openVote();
    await until(() => client.slack.calls.filter(({ method }) => method === 'conversations.history').length === 2);
    await client.idle();
    expect(votes()).toHaveLength(1);
  });

  it('waits as long as Slack asks', async () => {
    client = await startedClient(mode);
    await prepare();
    client.slack.troubles.push({ method: 'chat.postMessage', how: { wait: 1 } });
    await openVote();
    await until(() => votes().length > 0);
    expect(votes()).toHaveLength(1);
  });

  it('says how to let it in, keeps what it could not post, and posts it when it is in', async () => {
    client = await startedClient(mode);
    await prepare();
    const { members } = client.slack.channels.get(STEERING)!;
    members.delete(BOT);
    const left = client.people.event({ type: 'channel_left', channel: STEERING });
    await client.slack.deliver(mode, left.kind, left.payload);
    await client.say('PM', 'steering-committee', '/go-no-go');
    const told = (text: string) => client.slack.messages.some((one) => one.only === userOf('PM') && client.text(one).includes(text));
    await until(() => told('/invite @offshoot'));
    const terms = { Channel: 'steering-committee', 'Without a review or readiness check: why?': 'On paper' };
    expect(said(await client.submit('PM', terms))).toContain('is open until');
    await until(() => JSON.stringify(client.slack.modals.get(userOf('PM'))).includes('/invite @offshoot'));
    await until(() =>
      (rows('select held from surfaces where held is not null') as { held: string }[])[0]?.held.includes('#steering-committee'),
    );
    expect(votes()).toEqual([]);
    members.add(BOT);
    const joined = client.people.event({ type: 'member_joined_channel', user: BOT, channel: STEERING });
    await client.slack.deliver(mode, joined.kind, joined.payload);
    await until(() => votes().length === 1);
  });

  it('shows a form again with what was typed, in blocks that Slack has not seen', async () => {
    client = await startedClient(mode);
    await client.say('PM', 'churn-model', '/initiative Returns model');
    const open = client.slack.modals.get(userOf('PM'))!;
    const before = new Set(open.blocks.map((block) => block.block_id));
    open.private_metadata = open.private_metadata!.replace(/"shape":"\w+"/, '"shape":"older"');
    const heard = await client.submit('PM', { Name: 'Pricing model', Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' });
    expect(heard).toMatchObject({
      kind: 'form',
      fields: expect.arrayContaining([
        { label: 'Name', value: 'Pricing model' },
        { label: 'Sponsor', value: 'Sponsor' },
      ]),
    });
    const after = client.slack.modals.get(userOf('PM'))!.blocks.filter((block) => block.type === 'input');
    expect(after.filter((block) => before.has(block.block_id))).toEqual([]);
    expect(said(await client.submit('PM', {}))).toContain('Registered: Pricing model');
  });

  it('gives back what was typed where it cannot be taken any more', async () => {
    client = await startedClient(mode);
    await prepare();
    await openVote();
    await client.press('Member 1', 'steering-committee', 'Recuse myself');
    await client.press('PM', 'steering-committee', 'Manage this vote');
    await client.press('PM', 'steering-committee', 'Cancel the vote');
    await client.submit('PM', { 'Why is it cancelled?': 'The numbers are old' });
    const heard = said(await client.submit('Member 1', { 'Why?': 'I lead the team\nthat built it' }));
    expect(heard).toContain('was cancelled');
    expect(heard).toContain('I lead the team\nthat built it');
  });

  it('keeps the form open when the fault is ours', async () => {
    client = await startedClient(mode);
    await client.say('PM', 'churn-model', '/initiative Returns model');
    const connection = new Database(client.database);
    connection.exec('alter table journal rename to lost');
    const answers = { Owner: 'PM', Sponsor: 'Sponsor', Channel: 'churn-model' };
    expect(await client.submit('PM', answers)).toEqual({
      kind: 'errors',
      errors: { Name: expect.stringContaining('nothing was changed') },
    });
    connection.exec('alter table lost rename to journal');
    connection.close();
    expect(said(await client.submit('PM', {}))).toContain('Registered: Returns model');
  });

  it('shows on Home what waits, and takes a ballot from there', async () => {
    client = await startedClient(mode);
    await prepare();
    await openVote();
    const user = userOf('Member 1');
    const opened = client.people.event({ type: 'app_home_opened', tab: 'home', user, channel: client.slack.im(user) });
    await client.slack.deliver(mode, opened.kind, opened.payload);
    const home = () => buttonsOf(client.slack.homes.get(user)?.blocks ?? []).map(({ label }) => label);
    await until(() => home().includes('Vote'));
    expect(await client.act('Member 1', client.people.pressHome(user, 'Vote'))).toMatchObject({ kind: 'form', title: 'Your ballot' });
    expect(said(await client.submit('Member 1', {}))).toContain('Counted: 15 go');
    await until(() => home().length === 0);
  });

  it('learns names, zones and who has left', async () => {
    client = await startedClient(mode);
    await prepare();
    await until(() => rows("select * from people where zone is null or name = ''").length === 0);
    expect(rows('select distinct zone from people')).toEqual([{ zone: 'Europe/Berlin' }]);
    const gone = client.people.event({ type: 'user_change', user: { id: userOf('Member 2'), name: 'm2', deleted: true } });
    await client.slack.deliver(mode, gone.kind, gone.payload);
    await until(() => rows('select id from people where active = 0').length === 1);
  });

  it('learns from a status who is out of office and until when, and nothing of why', async () => {
    client = await startedClient(mode);
    await prepare();
    const status = async (status_emoji: string, status_text: string, status_expiration: number) => {
      const user = { id: userOf('Member 2'), profile: { real_name: 'Member 2', status_emoji, status_text, status_expiration } };
      const changed = client.people.event({ type: 'user_change', user });
      await client.slack.deliver(mode, changed.kind, changed.payload);
    };
    const away = () => rows('select name, until_at from absences join people on people.id = person');
    await status(':face_with_thermometer:', 'Out sick', 1_900_000_000);
    await until(() => away().length === 1);
    expect(away()).toEqual([{ name: 'Member 2', until_at: 1_900_000_000_000 }]);
    await status(':palm_tree:', '', 0);
    await until(() => JSON.stringify(away()).includes('null'));
    await status('', '', 0);
    await until(() => away().length === 0);
  });

  it('shows what people typed letter by letter, and logs neither it nor a secret', async () => {
    client = await startedClient(mode);
    await prepare('*Bold* <!channel> &amp; <@U0PM>');
    await openVote();
    await client.press('Member 1', 'steering-committee', 'Recuse myself');
    await client.submit('Member 1', { 'Why?': 'a secret reason of mine' });
    await until(() => client.text(votes()[0]!).includes('a secret reason of mine'));
    expect(client.text(votes()[0]!)).toContain('Go/no-go: *Bold* <!channel> &amp; <@U0PM>');
    expect(votes()[0]!.text).toContain('*Bold* &lt;!channel&gt; &amp;amp; &lt;@U0PM&gt;');
    expect(JSON.stringify(votes()[0]!.blocks)).not.toContain('mrkdwn","text":"*Bold');
    expect(client.log.length).toBeGreaterThan(0);
    expect(client.log.filter((line) => /a secret reason|xoxb-|xapp-|signing secret/.test(line))).toEqual([]);
  });

  it('tries again while Slack does not answer, and says that a token is wrong', async () => {
    client = new SlackClient(mode);
    await client.slack.start();
    client.slack.troubles.push({ method: 'auth.test', how: { error: 'internal_error' } });
    await client.start();
    expect(said(await client.say('PM', 'steering-committee', '/offshoot help'))).toContain('/go-no-go');
    await client.house.stop();
    client.slack.troubles.push({ method: 'auth.test', how: { error: 'invalid_auth' } });
    await client.start(false);
    expect(client.log.find((line) => line.includes('invalid_auth'))).toContain('Put the right SLACK_BOT_TOKEN in and start again');
  });
});

describe('Socket Mode', () => {
  it('connects again when Slack ends the connection', async () => {
    client = await startedClient('socket');
    const opened = () => client.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    client.slack.refreshSockets();
    await until(() => opened() === 2 && client.slack.socketConnected());
    expect(said(await client.say('PM', 'steering-committee', '/offshoot help'))).toContain('/go-no-go');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/card.ts';
import type { Page } from '../../../src/page.ts';
import { words } from '../../../src/text.ts';
import { LARGEST, USUAL } from '../../pictures/samples.ts';
import { cardOf, pageOf, show as showIn } from '../../pictures/shown.ts';
import { CHANNELS, SlackClient, until, userOf } from './client.ts';
import type { Block } from './limits.ts';
import type { Message } from './workplace.ts';

const STEERING = CHANNELS['steering-committee'];

let client: SlackClient;
afterEach(async () => await client.stop());

async function start(pages?: readonly Page[]): Promise<void> {
  client = new SlackClient('http');
  client.pages = pages;
  await client.slack.start();
  await client.start();
}

/** In the committee's channel. */
const show = (card: Card): Promise<void> =>
  showIn(client.house.rooms, card, function* (tables) {
    const [installation] = yield* tables.installations('slack');
    const known = yield* tables.channelAt(installation!.id, STEERING);
    return (
      known ?? (yield* tables.putChannel(installation!, { address: STEERING, name: 'steering-committee', zone: null, reference: null }))
    );
  });

const posted = (): Message | undefined => client.slack.messages.find((one) => one.channel === STEERING && !one.only);
const images = (blocks: readonly Block[] = []): Block[] => blocks.filter((block) => block.type === 'image');
const calls = (method: string): number => client.slack.calls.filter((call) => call.method === method).length;
const isPng = (block: Block): boolean => client.slack.files.get(block.slack_file!.id!)!.bytes!.subarray(1, 4).toString() === 'PNG';

describe('a card with pictures', () => {
  it('is posted with each as a file of its own, which says the same in words', async () => {
    await start();
    await show(cardOf(USUAL.matrix, LARGEST.profile));
    const message = await until(posted);
    expect(message.blocks.map((block) => block.type)).toEqual(['header', 'rich_text', 'image', 'image', 'rich_text']);
    const [matrix, profile] = images(message.blocks);
    expect([matrix!, profile!].map(isPng)).toEqual([true, true]);
    expect(matrix).toMatchObject({
      title: { text: 'Success matrix: Churn model' },
      alt_text: expect.stringContaining('Churn model: technical performance 78 (strong)'),
    });
    expect(message.text).toContain('Success matrix: Churn model: Review of December');
  });

  it('is edited without another upload, also after a restart, and has a new picture where it has changed', async () => {
    await start();
    await show(cardOf(USUAL.matrix));
    await until(posted);
    const id = images(posted()!.blocks)[0]!.slack_file!.id;
    await client.restart();
    await show({ ...cardOf(USUAL.matrix), title: words('Shown again') });
    await until(() => client.text(posted()!).startsWith('Shown again'));
    expect(images(posted()!.blocks)[0]!.slack_file!.id).toBe(id);
    expect(calls('files.completeUploadExternal')).toBe(1);
    await show(cardOf(USUAL.tree));
    await until(() => images(posted()!.blocks)[0]!.alt_text!.startsWith('Family'));
    expect(calls('files.completeUploadExternal')).toBe(2);
  });

  it('waits while Slack does not know the file yet, and is posted once', async () => {
    await start();
    client.slack.slowness = 2;
    await show(cardOf(USUAL.stacks));
    await until(posted);
    expect(images(posted()!.blocks)).toHaveLength(1);
    expect(calls('files.completeUploadExternal')).toBe(1);
    expect(calls('chat.postMessage')).toBe(3);
    expect(client.slack.messages.filter((one) => one.channel === STEERING)).toHaveLength(1);
  });

  it('is shown in words where Slack never shows the file, and uploads it anew the next time', async () => {
    await start();
    client.slack.slowness = 1_000;
    await show(cardOf(USUAL.stacks));
    await until(posted);
    expect(images(posted()!.blocks)).toEqual([]);
    expect(client.text(posted()!)).toContain('Readiness: Churn model: ✗ Technical 4 met, 1 not met, 1 not applicable');
    client.slack.slowness = 0;
    await show({ ...cardOf(USUAL.stacks), title: words('Shown again') });
    await until(() => images(posted()!.blocks).length === 1);
  }, 60_000);

  it.each(['missing_scope', 'file_uploads_disabled'])(
    'is shown in words where the upload is refused with %s, which the log says once',
    async (error) => {
      await start();
      client.slack.troubles.push(...[1, 2].map(() => ({ method: 'files.getUploadURLExternal', how: { error } })));
      await show(cardOf(USUAL.matrix, USUAL.tree));
      await until(posted);
      expect(images(posted()!.blocks)).toEqual([]);
      expect(client.text(posted()!)).toMatch(/Success matrix: Churn model: Review[\s\S]*Family of Churn model/);
      expect(client.log.filter((line) => line.includes('cannot be uploaded'))).toHaveLength(1);
    },
  );

  it('comes later where Slack wants a pause, or lost an answer', async () => {
    await start();
    client.slack.troubles.push(
      { method: 'files.getUploadURLExternal', how: { wait: 1 } },
      { method: 'files.completeUploadExternal', how: 'lost' },
    );
    await show(cardOf(USUAL.matrix));
    await until(posted);
    expect(images(posted()!.blocks)).toHaveLength(1);
    expect(client.slack.files.size).toBe(2);
  });

  it('is shown in words where Slack fails time and again', async () => {
    await start();
    client.slack.troubles.push(...[1, 2, 3].map(() => ({ method: 'files.getUploadURLExternal', how: { error: 'internal_error' } })));
    await show(cardOf(USUAL.matrix));
    await until(posted);
    expect(images(posted()!.blocks)).toEqual([]);
  });
});

describe('a private answer with a picture', () => {
  const page = pageOf('help', USUAL.matrix);

  it('is acknowledged at once in words, while uploads hang; the next one has its picture', async () => {
    await start([page]);
    client.slack.troubles.push({ method: 'files.getUploadURLExternal', how: 'hang' });
    client.slack.slowness = 1;
    const { kind, payload } = client.people.command(userOf('PM'), STEERING, '/offshoot help');
    const answer = (await client.slack.deliver('http', kind, payload)) as { blocks: Block[] };
    expect(images(answer.blocks)).toEqual([]);
    expect(JSON.stringify(answer.blocks)).toContain('Success matrix: Churn model: Review of December');
    const followed = await until(() => client.slack.messages.find((one) => one.only === userOf('PM')));
    expect(followed.blocks.map((block) => block.type)).toEqual(['image']);
    const again = client.people.command(userOf('PM'), STEERING, '/offshoot help').payload;
    const next = (await client.slack.deliver('http', kind, again)) as { blocks: Block[] };
    expect(images(next.blocks)).toHaveLength(1);
    expect(calls('files.completeUploadExternal')).toBe(1);
  });

  it('is a message that changes, where it is a direct one', async () => {
    await start([page]);
    const im = client.slack.im(userOf('PM'));
    const { kind, payload } = client.people.say(userOf('PM'), im, 'help');
    await client.slack.deliver('http', kind, payload);

    const message = await until(() => client.slack.messages.find((one) => one.channel === im && images(one.blocks).length === 1));
    expect(message.blocks.map((block) => block.type)).toEqual(['header', 'rich_text', 'image', 'rich_text']);
    expect(client.slack.messages.filter((one) => one.channel === im)).toHaveLength(1);
  });

  it('is private in a channel, too', async () => {
    await start([page]);
    const { kind, payload } = client.people.say(userOf('PM'), STEERING, 'help', '1.1');
    await client.slack.deliver('http', kind, payload);
    const followed = await until(() => client.slack.messages.find((one) => images(one.blocks).length === 1));
    expect(followed).toMatchObject({ only: userOf('PM'), thread_ts: '1.1' });
  });

  it('is shown on Home once Slack has it', async () => {
    await start([pageOf('mine', USUAL.matrix)]);
    const user = userOf('Member 1');
    const opened = client.people.event({ type: 'app_home_opened', tab: 'home', user, channel: client.slack.im(user) });
    await client.slack.deliver('http', opened.kind, opened.payload);
    await until(() => images(client.slack.homes.get(user)?.blocks).length === 1);
  });

  it('holds up no stop of the house', async () => {
    await start([page]);
    client.slack.slowness = 1_000;
    const { kind, payload } = client.people.command(userOf('PM'), STEERING, '/offshoot help');
    await client.slack.deliver('http', kind, payload);
    await until(() => calls('files.completeUploadExternal') === 1);
    await client.house.stop();
    // It did not come to the end of its waiting.
    expect(client.log.filter((line) => line.includes('without its picture'))).toEqual([]);
    await client.start();
  });
});

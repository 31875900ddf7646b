import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import type { Reply } from '../../src/event.ts';
import type { Readable } from '../../src/need.ts';
import type { WorkspaceId } from '../../src/id.ts';
import { driftOf } from '../../src/drift.ts';
import { type Inhabited, openHouse } from '../cli/house.ts';
import { newFile } from '../core/folder.ts';
import { words } from '../core/house.ts';

const DAY = 86_400_000;

/** The whole of it on a real engine, a real SQLite file and the local workspace's messages: what pure steps cannot show. */
describe('a readiness check in the house', () => {
  let inhabited: Inhabited;
  let workspace: WorkspaceId;
  let people: ReadonlyMap<string, string>;
  const store = () => inhabited.house.rooms.store;
  const now = () => inhabited.house.rooms.clock.now();
  const rows = async <Table extends keyof Readable>(table: Table) =>
    (await store().look((tables) => tables.rows(workspace, { as: '', rows: table }))) as Readable[Table][];
  const day = (days: number) => new Date(now() + days * DAY).toISOString().slice(0, 10);

  beforeEach(async () => {
    inhabited = await openHouse(newFile());
    workspace = inhabited.installation.workspace;
    people = new Map((await rows('people')).map(({ id, name }) => [name, id]));
  });
  afterEach(async () => await inhabited.house.stop());

  const open = (more: Record<string, string> = {}) =>
    inhabited.fill(
      'pm',
      'readiness',
      'open',
      { technical: people.get('Member 1')!, business: people.get('Member 2')!, organizational: people.get('Member 3')!, ...more },
      'churn',
    );
  const sixMet = async (by: string, area: string, more: Record<string, string> = {}): Promise<Reply> => {
    const asked = await inhabited.fill(by, 'readiness/1', 'answer', {}, area);
    if (asked.kind !== 'errors') return asked;
    const choices = asked.form.fields.filter(({ kind }) => kind === 'choice');
    const met = Object.fromEntries(choices.map(({ key }) => [key, 'met']));
    return await inhabited.fill(by, 'readiness/1', 'answer', { ...met, ...more }, area);
  };
  /** What stands at an address now, newest last. */
  const shown = async (address: string): Promise<string[]> =>
    (await store().look((tables) => tables.messagesAt(address, 100))).flatMap((message) => (message.card ? [plainOf(message.card)] : []));

  it('asks three people, opens the action of what is not met once, and goes on reminding until it is done', async () => {
    expect(words(await open())).toContain('The readiness check of Churn model has started');
    await inhabited.moveTo(now());
    expect(await rows('readiness_checks')).toMatchObject([{ id: 'readiness/1', state: 'asking', unanswered: 18 }]);
    expect(await rows('waiting')).toEqual(
      expect.arrayContaining([expect.objectContaining({ person: people.get('Member 1'), kind: 'readiness', key: 'technical' })]),
    );

    expect(await shown('direct:member-1')).toEqual([expect.stringContaining('Readiness of Churn model: the technical area')]);

    const page = await sixMet('member-1', 'technical', { monitoring: 'not met', 'monitoring-evidence': 'No alerts *yet*' });
    expect(page).toMatchObject({ kind: 'form', form: { title: 'Who sees to it?', press: { input: 'actions', about: 'technical' } } });
    const planned = await inhabited.fill(
      'member-1',
      'readiness/1',
      'actions',
      { 'monitoring-owner': people.get('Member 4')!, 'monitoring-due': day(30) },
      'technical',
    );
    expect(words(planned)).toContain('The technical area is in: 5 met, 1 not met');
    await inhabited.moveTo(now());
    expect(await rows('actions')).toMatchObject([
      {
        flow: 'action/1',
        key: 'action',
        title: 'Monitoring and alerting run',
        owner: people.get('Member 4'),
        due: day(30),
        state: 'open',
        origin: 'readiness/1',
      },
    ]);

    await inhabited.moveTo(now() + 60_000);
    expect(words(await sixMet('member-1', 'technical', { monitoring: 'not met' }))).toContain('The technical area is in');
    await inhabited.moveTo(now() + DAY);
    expect(await rows('actions')).toHaveLength(1);
    expect(await rows('answers')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ flow: 'readiness/1', about: 'technical', question: 'monitoring', value: 'not met' }),
        expect.objectContaining({ question: 'monitoring evidence', value: 'No alerts *yet*' }),
      ]),
    );

    await sixMet('member-2', 'business');
    expect(words(await sixMet('member-3', 'organizational', { training: 'not applicable' }))).toContain('It was the last one');
    await inhabited.moveTo(now());
    expect(await rows('readiness_checks')).toMatchObject([
      { state: 'done', met: 16, unmet: 1, not_applicable: 1, unanswered: 0, finished_at: now() },
    ]);
    expect((await shown('churn-model')).join('\n')).toContain('Readiness, 16 of 17 met: Churn model');
    expect(await shown('direct:member-1')).toEqual([]);

    const due = Date.parse((await rows('actions'))[0]!.due!);
    await inhabited.moveTo(due + DAY / 2);
    expect((await shown('direct:member-4')).filter((one) => one.startsWith('Due today'))).toHaveLength(1);
    expect((await rows('waiting')).filter(({ kind }) => kind === 'action')).toMatchObject([
      { flow: 'action/1', person: people.get('Member 4') },
    ]);
    await inhabited.moveTo(due + 7 * DAY + DAY / 2);
    for (const address of ['churn-model', 'direct:sponsor'])
      expect((await shown(address)).filter((one) => one.startsWith('A week overdue: Monitoring'))).toHaveLength(1);
    expect((await shown('direct:member-4')).filter((one) => one.startsWith('Overdue'))).toHaveLength(1);
    await inhabited.moveTo(due + 30 * DAY);
    expect((await shown('churn-model')).filter((one) => one.includes('week overdue'))).toHaveLength(1);
    expect((await shown('direct:member-4')).filter((one) => /^(Overdue|Due today)/.test(one))).toHaveLength(1);

    expect(words(await inhabited.fill('member-4', 'action/1', 'done', { what: 'Alerts go to the team' }))).toContain('Thank you');
    await inhabited.moveTo(now() + 60 * DAY);
    expect(await rows('actions')).toMatchObject([{ state: 'done' }]);
    expect((await shown('churn-model')).filter((one) => one.startsWith('Done: Monitoring'))).toHaveLength(1);
    expect(await shown('direct:member-4')).toEqual([]);
    expect((await store().look((tables) => tables.health(now()))).held).toBe(0);
    expect(await driftOf(store(), flows)).toEqual([]);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['an answer that is none', { load: 'maybe' }, 'load', 'One of these, please: Met, Not met, Not applicable.'],
    ['an answer that is missing', { load: '' }, 'load', 'is needed'],
    [
      'evidence of 10,000 characters',
      { 'load-evidence': 'x'.repeat(10_000) },
      'load-evidence',
      'At most 1,000 characters, please: this has 10,000.',
    ],
  ])('takes no %s, and hands back what was typed', async (_, said, field, sentence) => {
    await open();
    const reply = await sixMet('member-1', 'technical', { 'security-evidence': 'Kept *as* <typed>', ...said });
    expect(reply).toMatchObject({ kind: 'errors', errors: { [field]: expect.stringContaining(sentence) } });
    const fields = reply.kind === 'errors' ? reply.form.fields : [];
    expect(fields.find(({ key }) => key === 'security-evidence')).toMatchObject({ value: 'Kept *as* <typed>' });
    expect(await rows('answers')).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['somebody who is not there', { technical: 'person/999' }, 'A person of this workspace, please.'],
    ['a day in words', { due: 'soon' }, 'A date, please, like 2027-03-15.'],
    ['a day that does not exist', { due: '2027-02-30' }, 'A date, please'],
    ['a day that has passed', { due: '2020-01-01' }, 'has passed'],
  ])('is not opened with %s', async (_, said, sentence) => {
    expect(words(await open(said))).toContain(sentence);
    expect(await rows('readiness_checks')).toEqual([]);
  });

  it('is not opened with somebody who left, who is named', async () => {
    await store().update((tables) => tables.updateProfile(inhabited.installation, people.get('Member 2') as never, { active: false }));
    expect(await open()).toMatchObject({
      kind: 'errors',
      errors: { business: expect.stringContaining('Member 2 is not an active member') },
    });
    expect(words(await open({ business: people.get('Member 4')! }))).toContain('has started');
    expect(words(await inhabited.fill('member-1', 'readiness/1', 'hand-on', { person: people.get('Member 2')! }, 'technical'))).toContain(
      'Member 2 is not an active member',
    );
  });

  it('is opened once at a time, also by two at once', async () => {
    const replies = await Promise.all([open(), open(), open()]);
    expect(replies.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(replies.map(words).filter((said) => said.includes('is running already'))).toHaveLength(2);
    expect(await rows('readiness_checks')).toHaveLength(1);
  });

  it('is refused for a retired initiative', async () => {
    await inhabited.fill('pm', 'initiative/1', 'retire', { reason: 'Over' });
    expect(words(await open())).toContain('There is no initiative yet to check');
  });

  it('opens an action for each of what is not met, three a page, and none a second time', async () => {
    await open();
    await sixMet('member-1', 'technical', { load: 'not met', security: 'not met', recovery: 'not met', monitoring: 'not met' });
    await inhabited.fill('member-1', 'readiness/1', 'actions', {}, 'technical');
    await inhabited.fill('member-1', 'readiness/1', 'actions', {}, 'technical');
    await Promise.all([inhabited.moveTo(now()), inhabited.moveTo(now())]);
    expect(await rows('actions')).toHaveLength(4);
    await inhabited.moveTo(now() + DAY);
    await sixMet('member-1', 'technical', { load: 'not met', security: 'met' });
    await inhabited.moveTo(now() + DAY);
    expect(await rows('actions')).toHaveLength(4);
    expect(await driftOf(store(), flows)).toEqual([]);
  });
});

/** The text of an Adaptive Card, a line for each thing it says. */
function plainOf(card: string): string {
  return textsIn(JSON.parse(card)).join('\n');
}

/** Runs of text in the order in which they are shown. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { inlines, ...rest } = value as { inlines?: { text: string }[] };
  if (inlines) return [inlines.map((run) => run.text).join('')];
  return Object.values(rest).flatMap(textsIn);
}

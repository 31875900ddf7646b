import { afterEach, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/store/migrate.ts';
import { migrations } from '../../adapters/store/migrations.ts';
import { connect } from '../../adapters/store/sqlite.ts';
import { flows } from '../../flows/index.ts';
import { driftOf } from '../../src/drift.ts';
import type { Reply } from '../../src/event.ts';
import type { FlowId } from '../../src/id.ts';
import { DAY, type Inhabited, MEMBERS, openHouse } from '../cli/house.ts';
import { newFile } from './folder.ts';

let lived: Inhabited | undefined;
afterEach(async () => {
  await lived?.house.stop();
  lived = undefined;
});

async function rows(table: 'cadences' | 'occurrences' | 'answers', where = {}) {
  const { house, installation } = lived!;
  return await house.rooms.store.look((tables) => tables.rows(installation.workspace, { as: '', rows: table, where }));
}

async function shown(id: FlowId) {
  const { house, installation } = lived!;
  return await house.rooms.store.look((tables) => tables.surfacesOf(installation.workspace, id));
}

const said = (reply: Reply): string => JSON.stringify(reply);

/** The whole way of a cadence through the engine and a real store: what its steps look up is really there. */
describe('a cadence in the house', () => {
  it('is started by a form, read back, saved, due, answered, paused and found again', async () => {
    lived = await openHouse(newFile());
    const { fill, moveTo, house } = lived;
    expect(said(await fill('pm', 'cadences', 'show'))).toContain('Nothing repeats yet');
    const opened = await fill('pm', 'cadence', 'open', { kind: 'governance', when: 'every day at 9:00' }, 'churn');
    expect(opened).toMatchObject({ kind: 'form', form: { title: 'Are these the dates?', press: { to: 'cadence/1', input: 'save' } } });
    expect(await rows('cadences')).toMatchObject([{ state: 'proposed', kind: 'governance' }]);
    expect(await fill('pm', 'cadence/1', 'save', { when: 'every Monday at 9:00' })).toMatchObject({
      kind: 'form',
      form: { title: 'Are these the dates?' },
    });
    expect(said(await fill('pm', 'cadence/1', 'save'))).toContain('Saved: every Monday at 09:00');
    const [kept] = await rows('cadences', { state: 'active' });
    expect(await fill('pm', 'cadence', 'open', { kind: 'governance' }, 'initiative/1')).toMatchObject({ kind: 'errors' });
    expect(await rows('cadences')).toHaveLength(1);

    await moveTo((kept as { next_at: number }).next_at);
    expect((await shown('cadence/1')).map(({ key }) => key)).toContain('reminder 1 1');
    const order = { ownership: 'in order', access: 'in order', ethics: 'in order', risks: 'in order' };
    expect(said(await fill('pm', 'cadence/1', 'done', order, '1'))).toContain('that is recorded');
    expect(await rows('answers', { flow: 'cadence/1', question: 'ethics' })).toMatchObject([{ about: 'reminder 1', value: 'in order' }]);

    expect(said(await fill('pm', 'cadences', 'show', {}, 'churn'))).toContain('Pause');
    await fill('pm', 'cadence/1', 'pause');
    expect(said(await fill('pm', 'cadences', 'show', {}, 'churn'))).toContain('Resume');
    await moveTo(house.rooms.clock.now() + 30 * DAY);
    expect(await rows('occurrences')).toHaveLength(1);
    expect(said(await fill('pm', 'cadence/1', 'resume'))).toContain('Resumed');
    await moveTo(house.rooms.clock.now() + 8 * DAY);
    expect(await rows('occurrences')).toMatchObject([{ state: 'done' }, { number: 2, state: 'open' }]);
  });

  it('of a database of version 1 goes on, and no row differs from what its states say', async () => {
    const file = newFile();
    const connection = connect(file);
    await migrate(connection, { '001-first': migrations['001-first']! });
    const due = Date.UTC(2031, 0, 15, 9);
    const old = {
      kind: 'retraining',
      initiative: { id: 'initiative/9', name: 'Churn model', owner: 'person/1', sponsor: 'person/2' },
      channel: 'channel/2',
      asked: 'person/1',
      startedBy: 'D-17',
      count: 0,
      missed: 0,
      next: due,
      schedule: { pattern: '0 9 15 * *', zone: 'Europe/Berlin' },
    };
    connection.exec("insert into workspaces (id, name, created_at) values (1, 'Local', 0)");
    const flow = connection.prepare("insert into flows (workspace, id, kind, version, state, settled) values (1, ?, 'cadence', 1, ?, ?)");
    const row = connection.prepare(
      "insert into cadences values (1, ?, 'initiative/9', 'retraining', 'Retraining: Churn model', 'channel/2', 'person/1', '0 9 15 * *', 'Europe/Berlin', ?, ?)",
    );
    flow.run('cadence/7', JSON.stringify(old), 0);
    row.run('cadence/7', 'active', due);
    flow.run('cadence/8', JSON.stringify({ ...old, ended: { at: 1, reason: 'D-18 NO-GO' } }), 1);
    row.run('cadence/8', 'ended', null);
    const vote = {
      initiative: old.initiative,
      body: { id: 'body/9', name: 'Board' },
      channel: 'channel/4',
      rule: 'majority',
      set: 'go-no-go/1',
      electors: [],
      recused: [],
      voted: [],
      nudged: [],
      opened: { by: 'person/1', at: 1 },
      deadline: 2,
      cancelled: { by: 'person/1', at: 1, reason: 'Too early' },
    };
    connection
      .prepare("insert into flows (workspace, id, kind, version, state, settled) values (1, 'vote/7', 'vote', 1, ?, 1)")
      .run(JSON.stringify(vote));
    connection.exec(
      "insert into votes values (1, 'vote/7', 'initiative/9', 'body/9', 'Churn model', 'cancelled', null, 'majority', 1, 2, null)",
    );
    connection.close();

    lived = await openHouse(file);
    const { store } = lived.house.rooms;
    expect(await driftOf(store, flows)).toEqual([]);
    const words = 'every month on the 15th at 09:00, Europe/Berlin time';
    expect(await store.look((tables) => tables.rows(1, { as: '', rows: 'cadences', order: ['id', 'asc'] }))).toMatchObject([
      { id: 'cadence/7', state: 'active', schedule: words, next_at: due },
      { id: 'cadence/8', state: 'ended', schedule: words, next_at: null },
    ]);
    const behind = await store.look((tables) => tables.flowsBehind('cadence', 99, 10));
    expect(behind.map(({ row: { id, version } }) => [id, version])).toEqual([['cadence/7', 2]]);
  });

  it('calls the committee that voted in its channel, with chair and sponsor, when the model is not compliant', async () => {
    lived = await openHouse(newFile());
    const { fill, moveTo, house } = lived;
    await fill('pm', 'vote', 'open', { without: 'The pilot was reviewed on paper.' }, 'churn');
    for (const one of MEMBERS) await fill(one, 'vote/1', 'ballot');
    await moveTo(house.rooms.clock.now());
    const kept = (await rows('cadences')) as { id: FlowId; kind: string; next_at: number }[];
    expect(kept.map(({ kind }) => kind).toSorted()).toEqual(['evangelism', 'optimization', 'retraining']);
    const { id, next_at: next } = kept.find(({ kind }) => kind === 'retraining')!;
    await moveTo(next);
    const checkIn = { retrained: 'no', metric: 'Accuracy', after: '70', target: '80' };
    const sure = { compliant: 'no', representative: 'yes', reliable: 'yes', valuable: 'yes' };
    expect(said(await fill('pm', id, 'done', { ...checkIn, ...sure }, '1'))).toContain('called at once');
    await moveTo(house.rooms.clock.now());
    const alarms = (await shown(id)).filter(({ key }) => key.startsWith('alarm'));
    expect(alarms).toHaveLength(3);
    expect(JSON.stringify(alarms.map(({ card }) => card))).toContain('It is not compliant any more.');
    const [vote] = await house.rooms.store.look((tables) => tables.rows(1, { as: '', rows: 'votes' }));
    expect(alarms.map(({ to }) => to)).toContain((vote as { channel: string }).channel);
  });
});

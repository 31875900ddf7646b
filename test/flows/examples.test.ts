import { expect, it } from 'vitest';
import { openHouse } from '../cli/house.ts';
import { newFile } from '../core/folder.ts';
import { words } from '../core/house.ts';

it('the examples of the local workspace are there once, also when they were renamed and their clicks are forgotten', async () => {
  const file = newFile();
  const first = await openHouse(file);
  expect(words(await first.fill('pm', 'initiative/1', 'edit', { name: 'Churn of 2027' }))).toBe('Saved.');
  expect((await first.fill('chair', 'body/1', 'edit', { name: 'Board' })).kind).toBe('done');
  await first.house.rooms.store.update((tables) => tables.forgetCauses(Number.MAX_SAFE_INTEGER));
  await first.house.stop();
  const { house, installation } = await openHouse(file);
  const names = async (rows: 'initiatives' | 'bodies') =>
    (await house.rooms.store.look((tables) => tables.rows(installation.workspace, { as: '', rows }))).map(
      (row) => (row as { name: string }).name,
    );
  expect([await names('initiatives'), await names('bodies')]).toEqual([['Churn of 2027'], ['Board']]);
  await house.stop();
});

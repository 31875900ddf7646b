import { expect, it } from 'vitest';
import { BUGS } from './bugs.ts';
import { codeOf, placeOf } from './planting.ts';

it('each planted bug finds its place: whoever changes that code says anew where the bug would be', () => {
  const lost = Object.entries(BUGS).flatMap(([name, { plants }]) =>
    plants.flatMap((plant) => {
      try {
        placeOf(plant, codeOf(plant));
        return [];
      } catch (fault) {
        return [`${name}: ${(fault as Error).message}`];
      }
    }),
  );
  expect(lost).toEqual([]);
});

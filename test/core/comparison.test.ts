import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparison } from '../../src/comparison.ts';

const isSame = (one: unknown, other: unknown): boolean => comparison()(one, other);

describe('two things say the same', () => {
  const few = fc.jsonValue({ maxDepth: 3 });

  it('exactly when their JSON does, in whatever order their keys are', () => {
    fc.assert(
      fc.property(few, few, (one, other) => {
        expect(isSame(one, JSON.parse(JSON.stringify(one)))).toBe(true);
        expect(isSame(one, other)).toBe(written(one) === written(other));
        expect(isSame([one, other], [other, one])).toBe(written(one) === written(other));
      }),
    );
  });

  it.each([
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: undefined }, { b: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [1], false],
    [null, {}, false],
    ['1', 1, false],
  ])('%j and %j: %s', (one, other, same) => {
    expect(isSame(one, other)).toBe(same);
  });

  it('also where one thing stands in two places, once the same and once not', () => {
    const [card, other] = [{ title: 'A' }, { title: 'A' }];
    expect(isSame([card, card], [other, { title: 'B' }])).toBe(false);
    expect(isSame([card, card], [other, other])).toBe(true);
  });
});

/** With all keys in one order. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

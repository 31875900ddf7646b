/** One person in the place of another, wherever a state or a key names them. What people typed is left alone, unless it is nothing but the id. */

/** Both have a part of their own where there can be one. */
export class Clash extends Error {}

/** A value of plain JSON with the one in the place of the other; throws `Clash` where both are keys of one object. In lists of ids nobody is twice. */
export function renamed<Value>(value: Value, gone: string, stays: string): Value {
  return changed(value) as Value;

  function changed(part: unknown): unknown {
    if (part === gone) return stays;
    if (Array.isArray(part)) {
      const parts: unknown[] = part.map(changed);
      return part.includes(gone) ? [...new Set(parts)] : parts;
    }
    if (typeof part !== 'object' || part === null) return part;
    if (gone in part && stays in part) throw new Clash(`${gone} and ${stays} both have a part`);
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key === gone ? stays : key, changed(one)]));
  }
}

/** A key like `nudge a day person/7` with the one in the place of the other. */
export const renamedIn = (said: string, gone: string, stays: string): string =>
  said
    .split(' ')
    .map((word) => (word === gone ? stays : word))
    .join(' ');

/**
 * Do two things say the same as JSON? It writes neither out. Many hold the same few objects, such as one card that goes to everybody:
 * a pair that was found the same is not looked through again, as long as the comparison is kept.
 */
export function comparison(): (one: unknown, other: unknown) => boolean {
  const pairs = new Map<object, object>();

  function isSame(one: unknown, other: unknown): boolean {
    if (one === other) return true;
    if (!isObject(one) || !isObject(other)) return false;
    if (pairs.get(one) === other) return true;
    if (!(Array.isArray(one) ? isSameList(one, other) : isSameObject(one, other))) return false;
    pairs.set(one, other);
    return true;
  }

  const isSameList = (one: readonly unknown[], other: object): boolean =>
    Array.isArray(other) && one.length === other.length && one.every((item, place) => isSame(item, other[place]));

  function isSameObject(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
    if (Array.isArray(other)) return false;
    // What is undefined is not written.
    let left = 0;
    for (const key in other) if (other[key] !== undefined) left++;
    for (const key in one) {
      if (one[key] === undefined) continue;
      if (other[key] === undefined || !isSame(one[key], other[key])) return false;
      left--;
    }
    return left === 0;
  }

  return isSame;
}

const isObject = (one: unknown): one is Readonly<Record<string, unknown>> => typeof one === 'object' && one !== null;

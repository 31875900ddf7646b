import { type Linked, type Moment, type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { leastOf } from '../rules/rule.ts';
import type { Body } from './body.ts';

/** A committee in which two people turn out to be one: they are a member once. */
export function mergedBody(_: Body, after: Body, { stays }: Linked, { at }: Moment): { state: Body } | Refused {
  const { name, members, quorum, rule, deputies } = after;
  const least = Math.max(quorum.kind === 'count' ? quorum.count : 0, leastOf(rule) ?? 0);
  if (least > members.length)
    return refused(
      text`${typed(name)} would have ${members.length} members then, fewer than its rule or its quorum asks for, which is ${least}. Its chair edits it first: /offshoot committee ${typed(name)}`,
    );
  const others = deputies?.filter((one) => one.person !== one.deputy && (one.person !== stays || at < one.until));
  if (others && others.filter((one) => one.person === stays).length > 1)
    return refused(text`Each of the two has a deputy in ${typed(name)}. End one of them first: /offshoot deputy ${typed(name)}`);
  return { state: { ...after, ...(others ? { deputies: others } : {}) } };
}

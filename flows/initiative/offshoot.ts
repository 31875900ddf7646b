import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Refused, refused } from '../../src/flow.ts';
import { MAX } from '../../src/form.ts';
import type { FlowId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { text, typed } from '../../src/text.ts';
import { descendantsOf, parentOf } from './family.ts';

type Row = Derived['initiatives'];

/** What is different about the use that a model was retrained for (CISR briefing 2021-12, scaling out). */
export const CONTEXTS = {
  users: 'Users',
  geography: 'Geography',
  system: 'System',
  decision: 'Decision',
  subject: 'Subject',
  market: 'Market',
} as const;

export type Context = keyof typeof CONTEXTS;

/** What was recontextualized: the main thing, and in words how, with whatever else changes. */
export interface Recontextualized {
  context: Context;
  how?: string;
}

const context = field.choice('What is recontextualized', CONTEXTS, { hint: 'What is different about the new use above all.' });
const how = field.lines('How', { hint: 'Like “nurses instead of doctors”, and what else changes with it. It may stay empty.' }).optional();

/** What the form of an offshoot asks beside the fields of every initiative. */
export const offshootFields = (parent: Row) => ({ parent: field.flow('Offshoot of', [parent]), context, how });

/** The answer of one who edits an initiative that stands by itself. */
export const ALONE = 'none';

/** The same in the edit form, where an initiative may also get another parent, or none. */
export const adoptionFields = (others: readonly Row[]) => ({
  parent: field.choice<FlowId | typeof ALONE>('Offshoot of', {
    [ALONE]: 'No other initiative',
    ...Object.fromEntries(others.map(({ id, name }) => [id, name])),
  }),
  context: context.optional(),
  how,
});

export interface Adoption {
  parent: FlowId | typeof ALONE;
  context?: Context;
  how?: string;
}

/** `of initiative/3 Name of the idea`, as a button carries it. The idea may be longer than a name. */
export function offshootMeant(about: string): { parent: FlowId; idea: string } | undefined {
  const [, parent, idea = ''] = /^of (initiative\/[1-9]\d{0,9})(?: (.*))?$/s.exec(about) ?? [];
  return parent ? { parent: parent as FlowId, idea: idea.trim() } : undefined;
}

/** An idea that is too long for a name begins one, and stands in full beside it. */
export function named(idea: string): { name: string | undefined; how: string | undefined } {
  if (idea.length <= MAX.name) return { name: idea || undefined, how: undefined };
  const name = idea
    .slice(0, MAX.name)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  return { name, how: idea };
}

/** The parent that a new offshoot may have. What a retired model left goes on, but nothing new is made of it. */
export function livingParent(id: FlowId, all: readonly Row[], at?: string): Row | Refused {
  const parent = all.find((one) => one.id === id);
  if (!parent) return refused(text`There is no such initiative to make an offshoot of. See them with /initiative list`, at);
  if (parent.stage !== 'retired') return parent;
  return refused(
    text`${typed(parent.name)} is retired, so nothing new is made of it. Register the idea by itself: /initiative, or as an offshoot of one that lives.`,
    at,
  );
}

/** Why this initiative cannot be the offshoot of that one; undefined when it can. Whoever keeps their parent is not asked again. */
export function misplaced(self: Row, { parent: id, context: changed }: Adoption, all: readonly Row[]): Refused | undefined {
  if (id === ALONE) return undefined;
  if (id === self.id) return refused(text`An initiative cannot be an offshoot of itself.`, 'parent');
  if (id !== self.parent) {
    const parent = livingParent(id, all, 'parent');
    if ('refused' in parent) return parent;
    if (descendantsOf(self.id, all).some((one) => one.id === id))
      return refused(
        text`${typed(parent.name)} is itself an offshoot of ${typed(self.name)}, by ${typed(parentOf(parent, all)!.name)}. Choose another one.`,
        'parent',
      );
  }
  return changed ? undefined : refused(text`What is different about its use? For example: Users.`, 'context');
}

/** `users: nurses instead of doctors`. */
export const recontextText = ({ context: changed, how: said }: Recontextualized): string => (said ? `${changed}: ${said}` : changed);

export type OffshootBrief = z.infer<z.ZodObject<ReturnType<typeof offshootFields>>>;

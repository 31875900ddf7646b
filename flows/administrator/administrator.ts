import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, refused } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { CodeFact } from '../../src/kept.ts';
import type { Derived } from '../../src/record.ts';
import { person, text } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from './may.ts';

/** One naming of one person; who is named again after a removal is another one. */
export interface Administrator {
  person: PersonId;
  since: number;
  /** Undefined: an operator, by a code of the server. */
  by?: PersonId;
  removed?: { by: PersonId; at: number };
}

interface Facts {
  administrators: readonly Derived['administrators'][];
  /** The code of an operator, when one was typed. */
  code?: readonly CodeFact[];
}

type Input = { type: 'remove' };

const brief = z.object({
  person: field.person('New administrator', {
    hint: 'Administrators name others, join messengers into one workspace, and see to what belongs to all of it.',
  }),
});

/** Who may do what concerns the whole workspace. The first is named by an operator's code, the others by one of them. */
export const administrator: Flow<Administrator, Input, Facts> = {
  name: 'administrator',
  version: 1,
  state: z.custom<Administrator>(),

  open: {
    from: 'person',
    code: 'administrator',
    needs: () => [administratorsNeed],
    question: (_, moment, { administrators }) =>
      mayAdminister(moment, administrators) ?? {
        title: 'Name an administrator',
        schema: brief,
        intro: [text`They can do all that you can, and remove you, too.`],
      },
    start(said: Partial<z.infer<typeof brief>>, moment, { administrators, code }) {
      const named = said.person ?? actor(moment);
      const barred = code ? undefined : mayAdminister(moment, administrators);
      if (barred) return barred;
      if (administrators.some((one) => one.person === named))
        return code
          ? refused(text`You are an administrator already. The code was not used.`)
          : refused(text`${person(named)} is an administrator already. Please choose somebody else.`, 'person');
      return {
        state: { person: named, since: moment.at, ...(code ? {} : { by: actor(moment) }) },
        say: code
          ? text`You are an administrator of this workspace now. See who else is, and name others: /offshoot administrator`
          : text`${person(named)} is an administrator now.`,
      };
    },
  },

  needs: () => [administratorsNeed],
  inputs: { remove: { from: 'person' } },

  step(state, _, moment, { administrators }) {
    const barred = mayAdminister(moment, administrators);
    if (barred) return barred;
    if (state.removed) return refused(text`${person(state.person)} was removed already.`);
    if (administrators.length === 1)
      return refused(text`${person(state.person)} is the last administrator, so a workspace would have none. Name somebody else first.`);
    return {
      state: { ...state, removed: { by: actor(moment), at: moment.at } },
      say: text`${person(state.person)} is no administrator any more.`,
    };
  },

  surfaces: () => [],
  timers: () => [],
  records: (state, id) => (state.removed ? [] : [{ table: 'administrators', row: { id, person: state.person, since: state.since } }]),
  settled: (state) => state.removed !== undefined,
};

import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { noteCard } from './cards.ts';
import { CRITERIA, WHOLE } from './criteria.ts';
import { isSameLink, linkField } from './link.ts';
import { living, subjectOf } from './subject.ts';

export interface Evidence {
  initiative: { id: FlowId; name: string; owner: PersonId };
  /** `go-no-go roi`; absent for the initiative as a whole. */
  criterion?: string;
  says: string;
  link?: string;
  put: { by: PersonId; at: number };
  withdrawn?: { by: PersonId; at: number; reason: string };
}

type Input = { type: 'withdraw'; reason: string };

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  evidence: readonly Derived['evidence'][];
}

/** Among so many of the newest a link is looked for that is there already. */
const KNOWN = 5_000;

const rest = {
  criterion: field.choice('What it speaks to', CRITERIA).optional(),
  says: field.lines('What it says', { hint: 'As it was said, or in a sentence or two.' }),
  link: linkField,
};
const withdrawing = z.object({ reason: field.lines('Why is it withdrawn?') });

interface Brief {
  initiative: FlowId;
  criterion?: string;
  says: string;
  link?: string;
}

/** Something that was said or measured, put in for an initiative: who reviews it or votes on it finds it there. */
export const evidence: Flow<Evidence, Input, Facts> = {
  name: 'evidence',
  version: 1,
  state: z.custom<Evidence>(),

  open: {
    from: 'person',
    needs: () => [
      { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
      { as: 'evidence', rows: 'evidence', order: ['at', 'desc'], limit: KNOWN },
    ],
    question(about, moment, { initiatives }) {
      const alive = living(initiatives);
      const subject = subjectOf(about, moment, alive);
      if ('refused' in subject) return subject;
      return {
        title: 'Put in as evidence',
        submit: 'Put it in',
        schema: z.object({ initiative: field.flow('Initiative', alive), ...rest }),
        values: { initiative: subject.one?.id, criterion: WHOLE },
      };
    },
    start({ initiative: id, criterion, says, link }: Brief, moment, { initiatives, evidence: known }) {
      const on = living(initiatives).find((one) => one.id === id);
      if (!on) return refused(text`This initiative is no longer there to put evidence in for.`, 'initiative');
      const twin = known.find((one) => one.initiative === id && one.link !== null && link !== undefined && isSameLink(one.link, link));
      if (twin)
        return refused(
          text`That link is there already: ${person(twin.person)} put it in as evidence on ${typed(on.name)} ${minute(twin.at)}.`,
        );
      return {
        state: {
          initiative: { id, name: on.name, owner: on.owner },
          ...(criterion === undefined || criterion === WHOLE ? {} : { criterion }),
          says,
          ...(link === undefined ? {} : { link }),
          put: { by: actor(moment), at: moment.at },
        },
        say: text`Kept as evidence on ${typed(on.name)}. All of it: /offshoot evidence ${typed(on.name)} list`,
      };
    },
  },

  needs: ({ initiative }) => [{ as: 'initiatives', rows: 'initiatives', where: { id: initiative.id } }],

  inputs: {
    withdraw: {
      from: 'person',
      question: (state, moment, { initiatives }) =>
        mayWithdraw(state, moment, initiatives) ?? {
          title: 'Withdraw the evidence',
          submit: 'Withdraw',
          schema: withdrawing,
          intro: [
            text`It is shown and counted no more; what was posted with it before stays as it is. The journal keeps it, with your reason.`,
          ],
        },
    },
  },

  step(state, { reason }, moment, { initiatives }) {
    const barred = mayWithdraw(state, moment, initiatives);
    if (barred) return barred;
    return {
      state: { ...state, withdrawn: { by: actor(moment), at: moment.at, reason } },
      say: text`Withdrawn from ${typed(state.initiative.name)}.`,
    };
  },

  surfaces(state, id) {
    const { initiative, put, withdrawn } = state;
    if (withdrawn || initiative.owner === put.by) return [];
    return [nudgeOf('evidence', { key: 'note', to: initiative.owner, card: noteCard(state, id) })];
  },
  timers: () => [],
  records: ({ initiative, criterion, says, link, put, withdrawn }, id) =>
    withdrawn
      ? []
      : [
          {
            table: 'evidence',
            row: {
              id,
              initiative: initiative.id,
              criterion: criterion ?? null,
              says,
              link: link ?? null,
              person: put.by,
              at: put.at,
            },
          },
        ],
  settled: () => true,
};

/** Whoever put it in, and the one who owns the initiative now. */
function mayWithdraw({ put, withdrawn, initiative }: Evidence, moment: Moment, [now]: Facts['initiatives']) {
  if (withdrawn) return refused(text`${person(withdrawn.by)} withdrew it already, ${minute(withdrawn.at)}.`);
  const owner = now?.owner ?? initiative.owner;
  if ([put.by, owner].includes(actor(moment))) return undefined;
  return refused(text`Only ${person(put.by)}, who put it in, and the owner ${person(owner)} may withdraw it.`);
}

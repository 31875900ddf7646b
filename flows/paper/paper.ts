import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused } from '../../src/flow.ts';
import { type FlowId, numberOf, type PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { type Text, text, typed } from '../../src/text.ts';
import { searchOf } from '../pages/search.ts';

/** A document that somebody had made, and where it is read for a while. */
export interface Paper {
  by: PersonId;
  at: number;
  what: PaperMatter;
}

export type PaperMatter =
  | { kind: 'record'; decision: FlowId }
  /** What was looked for, as after /decisions; days are days of the zone. */
  | { kind: 'log'; search: string; zone: string };

interface Facts {
  one?: readonly Derived['decisions'][];
  found?: readonly Derived['decisions'][];
}

/** How long its address is good, in milliseconds: it opens without a login. */
const LIVES = 15 * 60_000;

/** One document holds no more decisions. */
export const MOST = 1_000;

const brief = z.object({
  search: field
    .name('Which decisions?', { hint: 'As after /decisions, like “outcome:no-go since:2027-01-01 churn”. Empty: all of them.' })
    .optional(),
});

/** The record of a decision, or many, as PDF: its address is said to the one who asked, and to nobody else. */
export const paper: Flow<Paper, { type: never }, Facts> = {
  name: 'paper',
  version: 1,
  state: z.custom<Paper>(),

  open: {
    from: 'person',
    needs(about, { zone }, _, answers): readonly Need[] {
      if (isRecord(about)) return [{ as: 'one', rows: 'decisions', where: { id: about } }];
      const match = searchOf(String(answers?.['search'] ?? ''), zone);
      return answers && !('refused' in match) ? [{ as: 'found', rows: 'decisions', match, limit: MOST + 1 }] : [];
    },
    question(about, moment, { one }) {
      if (!moment.house) return refused(NO_HOUSE);
      if (one) {
        const [decision] = one;
        if (!decision) return refused(text`There is no such decision. All of them: /decisions`);
        const intro = [text`D-${decision.number} ${decision.outcome}: ${typed(decision.title)}, with its ballots as far as they are open.`];
        return { title: 'The record as PDF', submit: 'Make the PDF', schema: z.object({}), intro };
      }
      return { title: 'Decisions as PDF', submit: 'Make the PDF', schema: brief, values: { search: about || undefined } };
    },
    start({ search = '' }: { search?: string }, moment, { one, found = [] }) {
      if (!moment.house) return refused(NO_HOUSE);
      const [decision] = one ?? [];
      if (decision) return made(moment, { kind: 'record', decision: decision.id }, `D-${numberOf(decision.id)} as PDF`);
      const match = searchOf(search, moment.zone);
      if ('refused' in match) return { ...match, at: 'search' };
      if (found.length === 0) return refused(text`No decision fits. Write less, or nothing for all of them.`, 'search');
      if (found.length > MOST)
        return refused(text`More than ${MOST} decisions fit, too many for one file. Narrow it, like since:2027-01-01.`, 'search');
      return made(
        moment,
        { kind: 'log', search, zone: moment.zone },
        `${found.length} ${found.length === 1 ? 'decision' : 'decisions'} as PDF`,
      );
    },
  },

  inputs: {},
  step: () => refused(text`There is nothing to answer.`),
  surfaces: () => [],
  timers: () => [],
  records: () => [],
  settled: () => true,
};

const NO_HOUSE: Text = text`Offshoot has no address that your browser could open. An operator sets OFFSHOOT_PUBLIC_URL, or writes the file on the server: npx offshoot export --format pdf --out decisions.pdf`;

const isRecord = (about: string): boolean => /^decision\/[1-9]\d{0,8}$/.test(about);

function made(moment: Moment, what: PaperMatter, label: string) {
  const code = moment.chance!;
  return {
    state: { by: actor(moment), at: moment.at, what },
    keep: [{ kind: 'code' as const, row: { purpose: 'paper' as const, code, expires_at: moment.at + LIVES } }],
    say: text`${{ kind: 'link', url: `${moment.house}/papers/${code}.pdf`, text: label }}, for 15 minutes. Whoever has the address can open it: pass on the file, not the link.`,
  };
}

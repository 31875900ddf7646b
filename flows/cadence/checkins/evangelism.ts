import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { MAX } from '../../../src/form.ts';
import { refused } from '../../../src/flow.ts';
import { list, text, typed } from '../../../src/text.ts';
import { type CheckIn, sentence } from './checkin.ts';

/** How many ideas one check-in may bring: each becomes a button. */
const MOST = 10;

const schema = z.object({
  audience: field.name('Audience', { hint: 'Like “Branch managers, north”.' }),
  reached: z.int().min(0).max(1_000_000).meta({ title: 'Number reached', kind: 'number', hint: 'How many people, like 25.' }),
  format: field.name('Format', { hint: 'Like “lunch talk with a demonstration”.' }),
  ideas: field
    .lines('Ideas for new uses', { hint: `One a line, at most ${MOST}, each short: every one can become an offshoot in one press.` })
    .optional(),
  doubts: field.lines('Doubts heard').optional(),
});

export type Evangelism = z.infer<typeof schema>;

/** To whom it was presented, and what they made of it. */
export const evangelism: CheckIn<Evangelism> = {
  title: 'Evangelism check-in',
  asks: () => text`To whom was it presented since the last time, and what did they see in it?`,
  schema,
  prefilled: ({ format }) => ({ format }),
  unfit({ ideas }) {
    const all = ideasIn(ideas);
    const long = all.find((idea) => [...idea].length > MAX.name);
    if (all.length > MOST)
      return refused(text`At most ${MOST} ideas, one a line, please: these are ${all.length}. Keep the strongest.`, 'ideas');
    if (long === undefined) return undefined;
    return refused(
      text`At most ${MAX.name} characters an idea, please, like “Churn of suppliers”. This one is longer: ${typed(long)}`,
      'ideas',
    );
  },
  summary(said) {
    const ideas = ideasIn(said.ideas);
    return text`Presented to ${typed(said.audience)}, ${said.reached} reached, ${typed(said.format)}.${
      ideas.length > 0 && text` ${ideas.length === 1 ? 'An idea' : `${ideas.length} ideas`}: ${list(ideas.map(typed), '; ')}.`
    }${said.doubts && text` Doubts heard: ${sentence(said.doubts)}`}`;
  },
  ideas: ({ ideas }) => ideasIn(ideas),
};

/** Ideas are lines; their bullets and spare spaces are not part of them. */
const ideasIn = (said: string | undefined): string[] => [
  ...new Set(
    (said ?? '')
      .split('\n')
      .map((line) =>
        line
          .replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, '')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .filter((line) => line !== ''),
  ),
];

import type { Refused } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { day, plain, type Text, text, typed } from '../../src/text.ts';
import type { CheckIn } from './checkins/checkin.ts';
import { evangelism } from './checkins/evangelism.ts';
import { governance } from './checkins/governance.ts';
import { optimization } from './checkins/optimization.ts';
import { own } from './checkins/own.ts';
import { retraining } from './checkins/retraining.ts';
import type { Cadence, Follows, Kind, Said } from './state.ts';

/** What each kind asks when it is due (decision framework, cadences). */
const CHECK_INS: Readonly<Record<Kind, CheckIn>> = { retraining, evangelism, optimization, governance, own };

/** The form of the check-in: beside each field stands last time's answer, and what usually stays is filled in. */
export function checkInQuestion(cadence: Cadence): Question {
  const { title, asks, schema, prefilled } = CHECK_INS[cadence.kind];
  const { last, initiative } = cadence;
  return {
    title,
    submit: 'Done',
    schema,
    intro: [
      text`${typed(initiative.name)}: ${asks(cadence)}`,
      ...(last ? [text`Beside the fields stands what was answered ${day(last.at)}.`] : []),
    ],
    ...(last ? { values: prefilled(last.said), hints: hintsOf(last.said) } : {}),
  };
}

export const unfit = ({ kind }: Cadence, said: Said): Refused | undefined => CHECK_INS[kind].unfit?.(said);

/** The answers in a line or two, as the reminder's card shows them. */
export const summary = (kind: Kind, said: Said): Text => CHECK_INS[kind].summary(said);

/** The same in plain words without anybody's name, for the row of the reminder. */
export const remark = (kind: Kind, said: Said): string =>
  plain(summary(kind, said), { person: (id) => id, channel: (id) => id }, 'UTC').slice(0, 2000);

/** Why the committee has to be called at once. */
export const alarms = ({ kind }: Cadence, said: Said): readonly Text[] => CHECK_INS[kind].alarms?.(said) ?? [];

/** What follows from the answers by themselves. */
export function followsFrom({ kind, under }: Cadence, said: Said): Follows {
  const { isUnder, ideas } = CHECK_INS[kind];
  const found = ideas?.(said) ?? [];
  return { ...(isUnder?.(said) ? { under: under + 1 } : {}), ...(found.length > 0 ? { ideas: found } : {}) };
}

/** The answers as rows: question and what was answered. */
export const answersOf = ({ kind }: Cadence, said: Said): { question: string; value: string }[] =>
  Object.keys(CHECK_INS[kind].schema.shape).flatMap((question) => {
    const value = said[question];
    return value === undefined ? [] : [{ question, value: String(value) }];
  });

/** A hint is bare characters, so that people in it would be ids: those fields are filled in instead. */
const hintsOf = (said: Said): Record<string, string> =>
  Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== undefined && !/^person\/\d+$/.test(String(value)))
      .map(([key, value]) => [key, `Last time: ${String(value)}`]),
  );

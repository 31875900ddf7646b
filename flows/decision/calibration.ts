import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId } from '../../src/id.ts';
import type { Kept } from '../../src/kept.ts';
import type { Derived } from '../../src/record.ts';
import { person, text, typed } from '../../src/text.ts';
import { TIERS } from '../criteria/go-no-go.ts';
import { type Actual, type Calibration, type Decision, isStanding, type Judged } from './state.ts';

export const ACTUAL: Readonly<Record<Actual, string>> = {
  'came true': 'Came true',
  'did not': 'Did not come true',
  unclear: 'Cannot say yet',
};

/** The field of a criterion: its key alone could be that of another field. */
const fieldOf = ({ key }: Judged): string => `actual-${key}`;

/** Asks the owner what came true of each must-have and should-have, beside what the committee judged. */
export function calibrationQuestion(decision: Decision, moment: Moment): Question | Refused {
  const barred = mayCalibrate(decision, moment);
  if (barred) return barred;
  const judged = decision.judged!;
  const last = decision.calibrations?.at(-1);
  return {
    title: 'What came true?',
    submit: 'Record',
    schema: z.object({
      ...Object.fromEntries(judged.map((one) => [fieldOf(one), field.choice(one.text, ACTUAL, { group: TIERS[one.tier] })])),
      note: field.lines('Note', { hint: 'What you would tell the committee before its next vote.' }).optional(),
      figures: field.lines('Figures', { hint: 'Like “ROI 180 % instead of 240 %”.' }).optional(),
    }),
    intro: [text`The committee said of each criterion whether it is met. Did it come true for ${typed(decision.initiative.name)}?`],
    hints: Object.fromEntries(judged.map((one) => [fieldOf(one), `Then judged ${predictionText(one)}.`])),
    values: Object.fromEntries(judged.map((one) => [fieldOf(one), last?.actual[one.key]])),
  };
}

export function calibrate(decision: Decision, said: Readonly<Record<string, unknown>>, moment: Moment): Step<Decision> {
  const barred = mayCalibrate(decision, moment);
  if (barred) return barred;
  const by = actor(moment);
  const actual = Object.fromEntries(decision.judged!.map((one) => [one.key, said[fieldOf(one)] as Actual]));
  const { note, figures } = said as { note?: string; figures?: string };
  const made: Calibration = { by, at: moment.at, actual, ...(note ? { note } : {}), ...(figures ? { figures } : {}) };
  const { reviewer: _, ...rest } = decision;
  const calibrations = [...(decision.calibrations ?? []), made];
  const about = `calibration ${calibrations.length}`;
  const answers = [...Object.entries(actual), ...Object.entries({ note, figures })].flatMap(([question, value]) =>
    value ? [{ about, person: by, question, value, at: moment.at }] : [],
  );
  const keep: Kept[] = [{ kind: 'answers', rows: answers }];
  return {
    state: { ...rest, calibrations },
    say: text`Thank you, that is recorded. The committee sees it beside what it had judged.`,
    keep,
  };
}

/** `met, 4 go to 1 no-go`. */
export function predictionText({ tier, go, against, met }: Judged): string {
  return `${met ? 'met' : 'missing'}, ${go} go to ${against} ${tier === 'must' ? 'no-go' : 'missing'}`;
}

/** What came true of what was judged met, or of what was judged missing. */
export function cameTrue({ judged = [] }: Decision, { actual }: Calibration, met: boolean): { of: number; came: number; open: number } {
  const all = judged.filter((one) => one.met === met);
  const count = (what: Actual) => all.filter((one) => actual[one.key] === what).length;
  return { of: all.length, came: count('came true'), open: count('unclear') };
}

/** The rows of the latest calibration of a decision. */
export function calibrationRows(decision: Decision, id: FlowId): { table: 'calibrations'; row: Derived['calibrations'] }[] {
  const last = decision.calibrations?.at(-1);
  if (!last) return [];
  return decision.judged!.map(({ key, text: title, tier, met }) => ({
    table: 'calibrations' as const,
    row: {
      decision: id,
      initiative: decision.initiative.id,
      body: decision.bodyId ?? null,
      criterion: key,
      title,
      tier,
      predicted: met ? ('met' as const) : ('missing' as const),
      actual: last.actual[key]!,
      at: last.at,
    },
  }));
}

export function mayCalibrate(decision: Decision, moment: Moment): Refused | undefined {
  if (!isStanding(decision)) return refused(text`This decision was superseded, so it is not looked at any more.`);
  if (!decision.judged?.length) return refused(text`How each criterion was judged is not on record for this decision.`);
  if (!decision.reviewer)
    return refused(
      decision.calibrations?.length
        ? text`What came true was recorded already. It is asked again at the next review.`
        : text`What came true is asked at the review of this decision, not before.`,
    );
  if (actor(moment) === decision.reviewer) return undefined;
  return refused(text`What came true is asked of ${person(decision.reviewer)}, who answers for ${typed(decision.initiative.name)}.`);
}

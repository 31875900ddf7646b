import { z } from 'zod';
import * as field from '../../src/field.ts';
import type { Question } from '../../src/form.ts';
import { type Text, text, typed } from '../../src/text.ts';
import type { Cadence, CheckIn } from './state.ts';

const YES_NO = { yes: 'Yes', no: 'No' } as const;
const VERDICT = { yes: 'Yes', no: 'No', unsure: 'Unsure' } as const;

const checkIn = z.object({
  retrained: field.choice('Was the model retrained?', YES_NO),
  window: field.name('On which data window?', { hint: 'Like “January to March 2027”.' }).optional(),
  metric: field.name('Metric', { hint: 'What you judge the model by, like “Accuracy”.' }),
  before: field.number('Metric before').optional(),
  after: field.number('Metric now', { hint: 'Like 81.5.' }),
  target: field.number('Target'),
  compliant: field.choice('Still compliant?', VERDICT),
  representative: field.choice('Still representative?', VERDICT),
  reliable: field.choice('Still reliable?', VERDICT),
  valuable: field.choice('Still generating value?', VERDICT),
  changed: field.lines('Content or process changed with it').optional(),
});

/** The check-in of a retraining reminder; what was judged by last time is there again. */
export function checkInQuestion({ initiative, last }: Cadence): Question {
  return {
    title: 'Retraining check-in',
    submit: 'Done',
    schema: checkIn,
    intro: [text`${typed(initiative.name)}: how is the model, and was it retrained on what its use has shown?`],
    values: { metric: last?.metric, target: last?.target, before: last?.after },
  };
}

/** The answers as rows: question and what was answered. */
export const answersOf = (said: CheckIn): { question: string; value: string }[] =>
  Object.keys(checkIn.shape).flatMap((question) => {
    const value = said[question as keyof CheckIn];
    return value === undefined ? [] : [{ question, value: String(value) }];
  });

/** `Accuracy 81.5 (target 80)`, and what gives cause to worry. */
export function summary(said: CheckIn): Text {
  const doubts = (['compliant', 'representative', 'reliable', 'valuable'] as const).filter((one) => said[one] !== 'yes');
  return text`${said.retrained === 'yes' ? 'Retrained' : 'Not retrained'}. ${typed(said.metric)} ${said.after} (target ${said.target}${said.after < said.target && ', missed'}).${
    doubts.length > 0 && ` In doubt: ${doubts.map((one) => `${one} (${said[one]})`).join(', ')}.`
  }`;
}

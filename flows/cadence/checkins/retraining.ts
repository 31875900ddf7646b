import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { refused } from '../../../src/flow.ts';
import { text, typed } from '../../../src/text.ts';
import { type CheckIn, harmField, harmText, isReported, SURE } from './checkin.ts';

const YES_NO = { yes: 'Yes', no: 'No' } as const;

/** The four ways in which a model stays explainable (CISR briefing). */
const EXPLAINABLE = ['compliant', 'representative', 'reliable', 'valuable'] as const;

const schema = z.object({
  retrained: field.choice('Was the model retrained?', YES_NO),
  window: field.name('On which data window?', { hint: 'Like “January to March 2027”.' }).optional(),
  metric: field.name('Metric', { hint: 'What you judge the model by, like “Accuracy”.' }),
  before: field.number('Metric before').optional(),
  after: field.number('Metric now', { hint: 'Like 81.5.' }),
  target: field.number('Target', { hint: 'The least that it has to reach.' }),
  compliant: field.choice('Still compliant?', SURE, { hint: 'A “No” calls the steering committee at once.' }),
  representative: field.choice('Still representative?', SURE),
  reliable: field.choice('Still reliable?', SURE),
  valuable: field.choice('Still generating value?', SURE),
  changed: field.lines('Content or process changed with it').optional(),
  harm: harmField,
});

export type Retraining = z.infer<typeof schema>;

/** How the model is, and whether it was retrained on what its use has shown. */
export const retraining: CheckIn<Retraining> = {
  title: 'Retraining check-in',
  asks: () => text`How is the model, and was it retrained on what its use has shown?`,
  schema,
  prefilled: ({ metric, target, after }) => ({ metric, target, before: after }),
  unfit: ({ retrained, window }) =>
    retrained === 'yes' && !window
      ? refused(text`Which data was it retrained on? For example: January to March 2027.`, 'window')
      : undefined,
  summary(said) {
    const lost = EXPLAINABLE.filter((one) => said[one] === 'no');
    const doubts = EXPLAINABLE.filter((one) => said[one] === 'unsure');
    return text`${said.retrained === 'yes' ? 'Retrained' : 'Not retrained'}. ${typed(said.metric)} ${said.after} (target ${said.target}${isUnder(said) && ', missed'}).${
      lost.length > 0 && ` No longer ${lost.join(', ')}.`
    }${doubts.length > 0 && ` Unsure whether still ${doubts.join(', ')}.`}${harmText(said.harm)}`;
  },
  isUnder,
  alarms: ({ compliant, harm }) => [
    ...(compliant === 'no' ? [text`It is not compliant any more.`] : []),
    ...(isReported(harm) ? [text`Harm or a complaint was reported: ${typed(harm)}`] : []),
  ],
};

function isUnder({ after, target }: Retraining): boolean {
  return after < target;
}

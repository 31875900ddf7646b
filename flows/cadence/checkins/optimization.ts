import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { refused } from '../../../src/flow.ts';
import { list, person, text, typed } from '../../../src/text.ts';
import { type CheckIn, sentence } from './checkin.ts';

const REACHED = { 'on target': 'On target', 'under target': 'Under target', 'not measured': 'Not measured' } as const;

/** The leading indicators (decision framework, indicators). */
const INDICATORS = {
  adoption: { title: 'Adoption', hint: 'Activation, use of features, training completed, support tickets.' },
  performance: { title: 'Performance', hint: 'Response time, error rate, uptime, success of integrations.' },
  business: { title: 'Business', hint: 'Efficiency of the process, savings or revenue, satisfaction, productivity.' },
} as const;

const figure = (title: string, example: string, group: string) =>
  field.name(`${title} in figures`, { group, hint: `Like “${example}”.` }).optional();

const schema = z.object({
  adoption: field.choice('Adoption', REACHED, { group: 'Leading indicators', hint: INDICATORS.adoption.hint }),
  adoption_figure: figure('Adoption', '312 of 400 activated, target 300', 'Leading indicators'),
  performance: field.choice('Performance', REACHED, { group: 'Leading indicators', hint: INDICATORS.performance.hint }),
  performance_figure: figure('Performance', 'uptime 99.2 %, target 99', 'Leading indicators'),
  business: field.choice('Business', REACHED, { group: 'Leading indicators', hint: INDICATORS.business.hint }),
  business_figure: figure('Business', '4 hours saved a week, target 6', 'Leading indicators'),
  pain: field.lines('Pain point removed', { group: 'Improvement' }).optional(),
  improvement: field.lines('Next improvement', { group: 'Improvement' }),
  improver: field.person('Its owner', { group: 'Improvement' }),
});

export type Optimization = z.infer<typeof schema>;

/** Whether use, performance and value are on target, and what is made better next. */
export const optimization: CheckIn<Optimization> = {
  title: 'Optimization check-in',
  asks: () => text`Are use, performance and value on target, and what is made better next?`,
  schema,
  prefilled: ({ improver }) => ({ improver }),
  unfit(said) {
    const bare = KEYS.find((key) => said[key] !== 'not measured' && !said[`${key}_figure`]);
    return (
      bare &&
      refused(
        text`Which figure shows that? For example: 312 of 400 activated, target 300. Or choose “${REACHED['not measured']}”.`,
        `${bare}_figure`,
      )
    );
  },
  summary(said) {
    const measured = KEYS.map(
      (key) => text`${INDICATORS[key].title} ${said[key]}${said[`${key}_figure`] && text` (${typed(said[`${key}_figure`]!)})`}`,
    );
    return text`${list(measured, '; ')}.${said.pain && text` Pain point removed: ${sentence(said.pain)}`} Next, by ${person(said.improver)}: ${sentence(said.improvement)}`;
  },
};

const KEYS = ['adoption', 'performance', 'business'] as const;

import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { refused } from '../../../src/flow.ts';
import { text, typed } from '../../../src/text.ts';
import { type CheckIn, harmField, harmText, isReported } from './checkin.ts';

const ORDER = { 'in order': 'In order', 'not in order': 'Not in order', unsure: 'Unsure' } as const;

const KEYS = ['ownership', 'access', 'ethics', 'risks'] as const;
const TITLES = { ownership: 'Ownership', access: 'Access', ethics: 'Ethics', risks: 'Risks' } as const;
const HINTS = {
  ownership: 'Does everybody know who owns the model and its data, and is that still right?',
  access: 'Can those get at the data and the model who need to, and nobody else?',
  ethics: 'Is it still fair across groups, and can those whom it touches say something?',
  risks: 'Are the risks known, and does somebody watch each of them?',
} as const;

const order = (key: (typeof KEYS)[number]) => field.choice(TITLES[key], ORDER, { hint: HINTS[key] });
const remark = (key: (typeof KEYS)[number]) =>
  field.lines(`${TITLES[key]}: note`, { hint: 'Needed where something is not in order.' }).optional();

const schema = z.object({
  ownership: order('ownership'),
  ownership_note: remark('ownership'),
  access: order('access'),
  access_note: remark('access'),
  ethics: order('ethics'),
  ethics_note: remark('ethics'),
  risks: order('risks'),
  risks_note: remark('risks'),
  harm: harmField,
});

export type Governance = z.infer<typeof schema>;

/** Whether ownership, access, ethics and risks are still in order. */
export const governance: CheckIn<Governance> = {
  title: 'Governance review',
  asks: () => text`Are ownership, access, ethics and risks still in order?`,
  schema,
  prefilled: () => ({}),
  unfit(said) {
    const bare = KEYS.find((key) => said[key] === 'not in order' && !said[`${key}_note`]);
    return bare && refused(text`What is not in order? For example: two people who left still have access.`, `${bare}_note`);
  },
  summary(said) {
    const doubts = KEYS.filter((key) => said[key] !== 'in order');
    const all = doubts.length === 0 ? text`Ownership, access, ethics and risks are in order.` : text``;
    return text`${all}${doubts.map((key) => text`${TITLES[key]}: ${said[key]}${said[`${key}_note`] && text` (${typed(said[`${key}_note`]!)})`}. `).flat()}${harmText(said.harm)}`;
  },
  alarms(said) {
    if (!isReported(said.harm)) return [];
    const broken = KEYS.filter((key) => said[key] === 'not in order');
    return [
      text`Harm or a complaint was reported: ${typed(said.harm)}`,
      ...broken.map((key) => text`${TITLES[key]} is not in order: ${typed(said[`${key}_note`]!)}`),
    ];
  },
};

import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { refused } from '../../../src/flow.ts';
import { list, type Text, text, typed } from '../../../src/text.ts';
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
    const doubts = KEYS.filter((key) => said[key] !== 'in order').map((key) => orderText(said, key));
    const all = doubts.length > 0 ? list(doubts, ' ') : text`Ownership, access, ethics and risks are in order.`;
    return text`${all}${harmText(said.harm)}`;
  },
  alarms(said) {
    if (!isReported(said.harm)) return [];
    const broken = KEYS.filter((key) => said[key] === 'not in order');
    return [text`Harm or a complaint was reported: ${typed(said.harm)}`, ...broken.map((key) => orderText(said, key))];
  },
};

function orderText(said: Governance, key: (typeof KEYS)[number]): Text {
  const note = said[`${key}_note`];
  return text`${TITLES[key]}: ${said[key]}${note && text` (${typed(note)})`}.`;
}

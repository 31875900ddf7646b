import { button, note, said } from '../../src/card.ts';
import type { Moment, Surface, Taken, Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import { channel, day, minute, person, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { openButtons } from './buttons.ts';
import { workedLater } from './plan.ts';
import { type Cadence, dutyText, type Reminder } from './state.ts';

/** Working days without an answer after which the one asked is nudged, and the sponsor told. */
const NUDGE_DAYS = 2;
const ESCALATE_DAYS = 5;

/** Which reminder an input of the clock is for: one that was answered, or posted anew, is not nudged for any more. */
interface Which {
  number: number;
  posts: number;
}

/** While a reminder is open: a nudge, and then the sponsor. Both are taken back by an answer, a snooze or a skip. */
export function nudgeTimers({ plan, current }: Cadence): Timer[] {
  if (current?.state !== 'open' || current.asked === undefined) return [];
  const { number, posts, asked, nudged, escalated } = current;
  return [
    ...(nudged === undefined
      ? [{ key: `nudge ${number} ${posts}`, at: workedLater(plan, asked, NUDGE_DAYS), input: { type: 'nudge', number, posts } }]
      : []),
    ...(escalated === undefined
      ? [{ key: `escalate ${number} ${posts}`, at: workedLater(plan, asked, ESCALATE_DAYS), input: { type: 'escalate', number, posts } }]
      : []),
  ];
}

export function nudge(cadence: Cadence, kind: 'nudged' | 'escalated', { number, posts }: Which, { at }: Moment): Taken<Cadence> {
  const { current } = cadence;
  if (current?.state !== 'open' || current.number !== number || current.posts !== posts) return { state: cadence };
  return { state: { ...cadence, current: { ...current, [kind]: at } } };
}

export function nudgeSurfaces(cadence: Cadence, id: FlowId): Surface[] {
  const { current, asked, ended } = cadence;
  if (current?.state !== 'open' || ended) return [];
  const { number, posts, nudged, escalated } = current;
  return [
    ...(nudged === undefined
      ? []
      : [nudgeOf('answers', { key: `nudge ${number} ${posts}`, to: asked, card: nudgeCard(cadence, current, id) })]),
    ...(escalated === undefined ? [] : [escalation(cadence, current, id)]),
  ];
}

/** Somebody else has not answered: that is for its reader to know, and cannot be muted. */
const escalation = (cadence: Cadence, current: Reminder, id: FlowId): Surface => ({
  key: `escalate ${current.number} ${current.posts}`,
  to: toldOf(cadence),
  card: escalationCard(cadence, current, id),
  brief: true,
  rank: 'nudge',
});

/** A sponsor who is the one asked has heard already; then it is the owner's. */
export const toldOf = ({ asked, initiative: { owner, sponsor } }: Cadence): PersonId => (asked === sponsor ? owner : sponsor);

function nudgeCard(cadence: Cadence, reminder: Reminder, id: FlowId): Surface['card'] {
  return {
    title: text`A check-in waits for you`,
    parts: [
      said(
        text`${dutyText(cadence)} of ${typed(cadence.initiative.name)}, asked in ${channel(cadence.channel)} ${minute(reminder.asked!)}, is not answered yet.`,
      ),
      note(
        text`You get this as the one who is asked, ${NUDGE_DAYS} working days after the reminder. An answer, a snooze or a skip takes it back.`,
      ),
    ],
    buttons: openButtons(reminder, id),
  };
}

function escalationCard(cadence: Cadence, reminder: Reminder, id: FlowId): Surface['card'] {
  const { initiative, asked, last } = cadence;
  return {
    title: text`A check-in is not answered`,
    parts: [
      said(
        text`${dutyText(cadence)} of ${typed(initiative.name)}: ${person(asked)} was asked in ${channel(cadence.channel)} ${minute(reminder.asked!)} and has not answered.`,
      ),
      said(last ? text`The last check-in was ${day(last.at)}, by ${person(last.by)}.` : text`There was no check-in before.`),
      note(
        text`You get this as ${toldOf(cadence) === initiative.sponsor ? 'the sponsor' : 'the owner'}, ${ESCALATE_DAYS} working days after the reminder.`,
      ),
    ],
    buttons: [
      button('Answer it', id, 'done', { style: 'primary', about: String(reminder.number) }),
      button('Hand over', id, 'hand-over', { about: String(reminder.number) }),
    ],
  };
}

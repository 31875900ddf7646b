import { button } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';

/** The kinds of nudges, each of which people can mute: what it is called, and what of. */
export const NUDGES = {
  ballots: { name: 'Ballots that are missing', of: 'at most one message a day, while a vote is open in which you may vote' },
  chair: { name: 'Nudges by the chair', of: 'when whoever leads a vote asks you for a ballot' },
  answers: { name: 'Answers that are missing', of: 'pilot reviews, readiness checks, ethics reviews and check-ins that wait for you' },
  due: { name: 'What is due', of: 'actions, roadblocks and conditions of yours, as their day comes near and once it has passed' },
  evidence: { name: 'Evidence from others', of: 'what somebody put in on an initiative of yours' },
} as const;

export type NudgeKind = keyof typeof NUDGES;

export const isNudgeKind = (said: unknown): said is NudgeKind => typeof said === 'string' && Object.hasOwn(NUDGES, said);

/** A direct message that reminds its reader of something: taken back when that is done with, and muted with all of its kind. */
export const nudgeOf = (kind: NudgeKind, { key, to, card }: Pick<Surface, 'key' | 'to' | 'card'>): Surface => ({
  key,
  to,
  card: { ...card, buttons: [...(card.buttons ?? []), button('Mute these', 'mute', 'open', { about: kind })] },
  brief: true,
  rank: 'nudge',
  nudge: kind,
});

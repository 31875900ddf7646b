import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { ETHICS } from '../criteria/ethics.ts';

export const FINDINGS = { order: 'In order', amiss: 'Not in order', unsure: 'Unsure' } as const;
export type Finding = keyof typeof FINDINGS;

/** Four questions to somebody who knows: is the initiative in order towards the people whom it concerns? */
export interface Ethics {
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** IANA zone in which its due day ends and the days of its actions begin. */
  zone: string;
  set: string;
  opened: { by: PersonId; at: number };
  /** Who answers. */
  person: PersonId;
  /** Counts those who were asked, so that each has a message of their own. */
  asks: number;
  handed?: { by: PersonId; note?: string };
  /** A day: `2027-03-15`. */
  due: string;
  reminded?: true;
  done?: Done;
  cancelled?: { by?: PersonId; at: number; reason: string };
}

export interface Done {
  by: PersonId;
  at: number;
  answers: Readonly<Record<string, { finding: Finding; evidence?: string }>>;
  /** Who sees to what is not in order, and by which day. */
  sees?: { owner: PersonId; due: string };
}

export const isAsking = ({ done, cancelled }: Ethics): boolean => !done && !cancelled;

export const itemsThat = ({ answers }: Done, finding: Finding) => ETHICS.filter(({ key }) => answers[key]?.finding === finding);

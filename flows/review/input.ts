import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Dimension } from '../criteria/pilot-review.ts';
import type { Decided, Review } from './state.ts';

type Page = Readonly<Record<string, string>>;
/** Everything that people and the clock can do to a review. */
export type Input =
  | ({ type: Dimension } & Page)
  | { type: 'decline'; reason: string }
  | { type: 'add' | 'remove'; person: PersonId }
  | { type: 'move'; due: string }
  | { type: 'cancel'; reason: string }
  | ({ type: 'flags' | 'indicators' } & Readonly<Record<string, unknown>>)
  | ({ type: 'verdict' } & Decided)
  | { type: 'pivot'; pair: string; turn?: string; who: PersonId; by: string }
  | { type: 'extend'; question: string; figure: string; by: string; reason?: string }
  | ({ type: 'kill' } & Page)
  | { type: 'more'; text: string; due: string }
  | { type: 'hand-on'; question: string; person: PersonId; due: string }
  | { type: 'scale'; body: FlowId; channel: ChannelId; deadline: number; technical: PersonId; business: PersonId; organizational: PersonId }
  | { type: 'due' }
  | { type: 'nudge' }
  | { type: 'end'; reason: string }
  /** The initiative changed hands or channel. */
  | { type: 'moved'; initiative: Review['initiative']; channel: Review['channel'] };

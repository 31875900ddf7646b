import type { PersonId } from '../../src/id.ts';
import { bold, minute, person, type Text, text, typed } from '../../src/text.ts';

/** That it was cancelled, when and why; without a person it was the clock. */
export const cancelledText = ({ by, at, reason }: { by?: PersonId; at: number; reason: string }): Text =>
  text`${bold('Cancelled')}${by && text` by ${person(by)}`}, ${minute(at)}: ${typed(reason)}`;

/** Who handed on what the reader is asked for now, and what they should know. */
export const handedText = (by: PersonId, note?: string): Text =>
  text`${person(by)} handed it on to you${note ? text`: ${typed(note)}` : '.'}`;

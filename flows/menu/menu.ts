import { button, type Button, type Card, items, note, type Part, said } from '../../src/card.ts';
import type { Refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, type Text, text } from '../../src/text.ts';

/** One rarer thing to do with something: it stands behind the one button that asks what the presser may do now. */
export interface Action<Of> {
  /** The input that it presses. */
  input: string;
  label: string;
  style?: 'primary' | 'danger';
  /** What it does, in one sentence. */
  does(of: Of): Text;
  /** Is it this person's to do at all? */
  isTheirs(of: Of): boolean;
  /** Why it cannot be done now: the very sentence that the press would be refused with. */
  when(of: Of): Refused | undefined;
}

/** Of several actions those of this person: what they may do now, each with its button, and what not now, and why. */
export function menuCard<Of>(
  title: Text,
  id: FlowId,
  actions: readonly Action<Of>[],
  of: Of,
  more: readonly Part[] = [],
): Card | undefined {
  const theirs = actions.filter((action) => action.isTheirs(of)).map((action) => ({ action, barred: action.when(of) }));
  if (theirs.length === 0 && more.length === 0) return undefined;
  const later = theirs.flatMap(({ action, barred }) => (barred ? [text`${bold(action.label)}: ${barred.refused}`] : []));
  return {
    title,
    parts: [
      ...more,
      ...theirs.flatMap(({ action, barred }) => (barred ? [] : actionParts(action.does(of), [pressOf(action, id)]))),
      ...(later.length > 0 ? [note(text`Not now:`), items(later)] : []),
      note(text`Only you see this. It lists what you may do at this moment.`),
    ],
  };
}

/** A sentence with its buttons under it. */
export const actionParts = (sentence: Text, buttons: readonly Button[]): Part[] => [said(sentence), { kind: 'buttons', buttons }];

const pressOf = <Of>({ label, input, style }: Action<Of>, id: FlowId): Button => button(label, id, input, style ? { style } : {});

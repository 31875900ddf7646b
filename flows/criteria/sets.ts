import { changeSet } from './change.ts';
import { gateSet } from './gate.ts';
import { type CriteriaSet, currentSet } from './go-no-go.ts';

/** What a committee can be asked: criteria with the title that votes on them have. */
export interface Asking {
  /** The set's name without its version, `gate`. */
  name: string;
  /** `Gate`, as in “Gate, wave 2: Churn model”. */
  title: string;
  set: CriteriaSet;
  /** The set is a workspace's own, in the words of its administrators. */
  own?: true;
}

/** The questions that every workspace has; its own templates come beside them or in their place. */
export const builtIn: readonly Asking[] = [
  { name: 'go-no-go', title: 'Go/no-go', set: currentSet },
  { name: 'gate', title: 'Gate', set: gateSet },
  { name: 'change', title: 'Change control', set: changeSet },
];

/** Each of them is one of many on the same initiative, so it says which: a wave, a change. */
export const needsSubject = (name: string): boolean => name === 'gate' || name === 'change';

/** The built-in set that a vote was opened with. */
export function setOf(id: string): CriteriaSet {
  const found = builtIn.find(({ set }) => set.id === id);
  if (!found) throw new Error(`no criteria set ${id}`);
  return found.set;
}

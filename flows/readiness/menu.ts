import type { Card } from '../../src/card.ts';
import type { Moment, Refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { text, typed } from '../../src/text.ts';
import { type Action, menuCard } from '../menu/menu.ts';
import { mayFinish, mayRun } from './people.ts';
import type { Readiness, ReadinessFacts } from './state.ts';

interface Looked {
  check: Readiness;
  moment: Moment;
  facts: ReadinessFacts;
}

const runs = ({ check, moment, facts }: Looked): boolean => mayRun(check, moment, facts) === undefined;

/** What whoever runs a check does with it, beside answering. */
const ACTIONS: readonly Action<Looked>[] = [
  {
    input: 'reassign',
    label: 'Reassign',
    does: () => text`Asks somebody else for an area; what was answered stays.`,
    isTheirs: runs,
    when: () => undefined,
  },
  { input: 'extend', label: 'Extend', does: () => text`Sets another day on which it is due.`, isTheirs: runs, when: () => undefined },
  {
    input: 'finish',
    label: 'Finish with what is there',
    does: () => text`Counts what is missing as unanswered and posts the result.`,
    isTheirs: runs,
    when: ({ check, moment, facts }) => mayFinish(check, moment, facts),
  },
  {
    input: 'cancel',
    label: 'Cancel the check',
    style: 'danger',
    does: () => text`Ends the check with a reason; it is no evidence then.`,
    isTheirs: runs,
    when: () => undefined,
  },
];

/** What whoever asks may do with the check now, shown to them alone. */
export function readinessMenu(check: Readiness, moment: Moment, facts: ReadinessFacts, id: FlowId): Card | Refused {
  const title = text`Manage the readiness check: ${typed(check.initiative.name)}`;
  return menuCard(title, id, ACTIONS, { check, moment, facts }) ?? mayRun(check, moment, facts)!;
}

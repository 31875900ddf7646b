import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { instantIn } from '../../src/zone.ts';
import type { Left } from '../rules/fit.ts';
import { type Area, areas, type Item, setOf } from '../criteria/readiness.ts';
import type { Derived } from '../../src/record.ts';
import { daysOn } from '../action/state.ts';

/** Whether an initiative is ready to be scaled, in three areas, each answered by the person who knows it. */
export interface Readiness {
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** IANA zone in which its days end: that of the one who opened it. */
  zone: string;
  /** The set of items, by name and version. */
  set: string;
  opened: { by: PersonId; at: number };
  /** A day: `2027-03-15`. */
  due: string;
  /** When the due day was set: nudges that were due before are not given. */
  since: number;
  areas: Readonly<Record<Area, AreaState>>;
  /** The due day has passed with an area open. */
  overdue?: true;
  finished?: Finish;
  /** Without a person it was the clock: its initiative ended. */
  cancelled?: { at: number; by?: PersonId; reason: string };
}

export interface AreaState {
  person: PersonId;
  /** Counts the people asked, so that each is asked by a message of their own. */
  asks: number;
  /** How it came to its present person; without one, the initiative changed hands. */
  handed?: { by?: PersonId; note?: string };
  /** The latest nudge to the present person. */
  nudge?: Nudge;
  /** By item; all six or none. */
  answers?: Readonly<Record<string, ItemAnswer>>;
  answered?: { by: PersonId; at: number };
  /** Who sees to what is not met, by item. An item that was met later keeps its plan, for its action is open. */
  plans: Readonly<Record<string, Plan>>;
}

export type Choice = 'met' | 'not met' | 'not applicable';
export type Nudge = 'two days' | 'today' | 'overdue';

export interface ItemAnswer {
  choice: Choice;
  evidence?: string;
}

export interface Plan {
  owner: PersonId;
  due: string;
  /** What stood as evidence when it was made. */
  why?: string;
  /** When and by whom it was made: its action opens then, once. */
  at: number;
  by: PersonId;
}

export interface Finish {
  at: number;
  how: 'all areas were in' | 'with what was there';
  by: PersonId;
  /** What had become of the actions that were open by then, by item. */
  followed: Readonly<Record<string, Pick<Derived['actions'], 'owner' | 'due' | 'state'>>>;
}

/** What its steps and forms need to know beside its state. */
export interface ReadinessFacts {
  /** People who left. */
  left?: Left;
  /** The actions that came of it. */
  actions?: readonly Derived['actions'][];
}

/** When whoever has not answered is nudged before the due moment, in its zone. */
export const nudgesAt = ({ zone, due }: Pick<Readiness, 'zone' | 'due'>): readonly [Exclude<Nudge, 'overdue'>, number][] => [
  ['two days', instantIn(zone, daysOn(due, -2), '09:00')],
  ['today', instantIn(zone, due, '09:00')],
];

export const isOpen = (check: Readiness): boolean => !check.finished && !check.cancelled;

export const itemsOf = (check: Readiness, area: Area): readonly Item[] => setOf(check.set).items.filter((item) => item.area === area);

/** What is not met and has nobody who sees to it yet. */
export const unplanned = (check: Readiness, area: Area): readonly Item[] => {
  const { answers, plans } = check.areas[area];
  return itemsOf(check, area).filter(({ key }) => answers?.[key]?.choice === 'not met' && !plans[key]);
};

/** An area is in once it is answered and everything that is not met has an owner and a day. */
export const isIn = (check: Readiness, area: Area): boolean => !!check.areas[area].answers && unplanned(check, area).length === 0;

export const areasOpen = (check: Readiness): readonly Area[] => areas.filter((area) => !isIn(check, area));

export interface Tally {
  met: number;
  unmet: number;
  notApplicable: number;
  unanswered: number;
}

/** How the items of some areas came out. */
export function tallyOf(check: Readiness, some: readonly Area[] = areas): Tally {
  const choices = some.flatMap((area) => itemsOf(check, area).map(({ key }) => check.areas[area].answers?.[key]?.choice));
  const count = (choice: Choice | undefined) => choices.filter((one) => one === choice).length;
  return { met: count('met'), unmet: count('not met'), notApplicable: count('not applicable'), unanswered: count(undefined) };
}

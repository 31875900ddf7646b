import type { z } from 'zod';
import type { Address, Card } from './card.ts';
import type { Question, Raw } from './form.ts';
import type { ChannelId, FlowId, PersonId } from './id.ts';
import type { CodeFact, Kept } from './kept.ts';
import type { Need } from './need.ts';
import type { Row } from './record.ts';
import type { Text } from './text.ts';

/**
 * A flow is a pure step over stored state: no await, no clock, no random, no I/O. Time, ids and looked-up facts are
 * arguments. What should be shown, set and recorded is derived from the state, never ordered.
 */
export interface Flow<State = any, Input extends { type: string } = any, Facts = any> {
  /** The kind: `vote`. Its flows are `vote/1`, `vote/2`, … numbered per workspace. */
  name: string;
  /** Covers the state and everything derived from it: raise it with any change of either. */
  version: number;
  state: z.ZodType<State>;
  open: Opening<State, Facts>;
  /** What a step or a form needs to know beside its state; read inside the same transaction. */
  needs?(state: State, asked: Asked<Input['type']>): readonly Need[];
  inputs: { readonly [type in Input['type']]: InputRule<State, Facts> };
  step(state: State, input: Input, moment: Moment, facts: Facts): Step<State>;
  surfaces(state: State, id: FlowId): readonly Surface[];
  timers(state: State, id: FlowId): readonly Timer[];
  records(state: State, id: FlowId): readonly Row[];
  /** No word of this input may be written anywhere but in what the step keeps: the journal says only that there was one. */
  sealed?(state: State, input: Input['type']): boolean;
  /**
   * Two people turn out to be one. `after` is the state with the one in the place of the other, each once in every list of people; without
   * this it is taken as it is. Only of what is unsettled; refused where both have a part that nobody can have twice.
   */
  merged?(before: State, after: State, linked: Linked, moment: Moment): Pick<Taken<State>, 'state'> | Refused;
  /** Nothing will ever happen to it again; it is not upgraded at start. */
  settled?(state: State): boolean;
  /** From the version before to the next: `{ 1: (old) => new }` makes a state of version 2 out of one of version 1. */
  upgrade?: { readonly [from: number]: (old: any) => unknown };
}

/** What is pressed or submitted, and by whom: `about` is what the button carries. */
export interface Asked<Type extends string = string> {
  id: FlowId;
  input: Type;
  by: PersonId | undefined;
  about?: string | undefined;
}

export interface Opening<State, Facts> {
  /** Who may open one: people by a command or a button, other flows alone by a timer, or the messenger that saw something happen. */
  from: 'person' | 'clock' | 'messenger';
  /** A timer to one that is not there opens it under that number, as `digest/5` for `person/5`. Without it they are counted. */
  numbered?: 'as meant';
  /** What people call one, where that is not its kind's own name: “readiness check”. */
  called?: string;
  /** `about` is what was typed after the command, or what a button carries; `brief` what another flow gave; `answers` as raw as they came. */
  needs?(about: string, moment: Moment, brief: any, answers?: Raw): readonly Need[];
  /**
   * What is typed after its command is a one-time code for this; with a good one nothing is asked, and neither
   * the flow nor the journal sees more of it than that.
   */
  code?: CodeFact['purpose'];
  /** The address that is to be called, among the answers: it is looked up before the step, which gets in the facts `barred` why it is not called. */
  calls?(answers: Raw): string | undefined;
  question?(about: string, moment: Moment, facts: Facts): Question | Refused;
  /** The answers of the question, or the brief that another flow gave; where nothing is asked, what the button carries as `about`. */
  start(brief: any, moment: Moment, facts: Facts): Step<State>;
}

export interface InputRule<State, Facts> {
  /** Inputs of the clock cannot be sent by people; those of a code only by typing it. */
  from: 'person' | 'clock' | 'code';
  /** Asked before the step; without it, or where it has nothing to ask, a press is the input itself. */
  question?(state: State, moment: Moment, facts: Facts, about: string): Question | Refused | undefined;
  /** Such an input only reads: whoever presses is shown this card, alone, and no step is taken. */
  shows?(state: State, moment: Moment, facts: Facts, id: FlowId): Card | Refused;
}

/** When, by whom and from where. */
export interface Moment {
  /** Epoch milliseconds of the receipt; for a timer, of its taking effect. */
  at: number;
  /** Only for a timer: the moment that it was set for. It may long be past. */
  due?: number;
  /** Absent when the clock acts. */
  by?: PersonId;
  /** IANA zone of the person who acts, or UTC for the clock. */
  zone: string;
  /** The channel that it was done in, and that channel's zone. */
  here?: { channel: ChannelId; zone: string };
  /** Digest of the workspace's journal before this step: what a message shows becomes a witness outside the database. */
  head: string;
  /** Where the one who acts can open what Offshoot shows in a browser, without a slash at its end; absent where nobody can. */
  house?: string;
  /** A fresh code like `ABCD-EFGH-JKMN`, of which nobody knows: a flow has no chance of its own. */
  chance?: string;
}

export interface Refused {
  refused: Text;
  /** The field of the form at which the sentence belongs. */
  at?: string;
}

/** One person by two names. */
export interface Linked {
  /** Who is nobody of their own any more. */
  gone: PersonId;
  /** Who they are. */
  stays: PersonId;
}

export type Step<State> = Refused | Taken<State>;

export interface Taken<State> {
  state: State;
  /** The input whose form opens next, in place. */
  next?: string | Pick<Address, 'input' | 'about'>;
  /** Said privately to the one who acted. */
  say?: Text;
  /** The voice of a secret vote whose receipt is said with it. It is computed anew each time, and never stored. */
  receipt?: string;
  /** Answers to keep as rows: primary data, never derived, never rebuilt. */
  keep?: readonly Kept[];
  /** Two people of this workspace who are one from now on; or, when it is only tried, could be. Refused when they cannot. */
  links?: Linked & { tried?: true };
  /** The installation that moves into this workspace, with its people and channels. */
  moves?: number;
}

/** An input that the clock gives at a moment, to the flow itself or, with `to`, to another one or to a kind, which it opens. */
export interface Timer {
  key: string;
  /** Epoch milliseconds. */
  at: number;
  input: { type: string } & Record<string, unknown>;
  to?: FlowId | string;
}

/** One message that should exist: the same key is the same message, edited in place. What people must notice is a new key. */
export interface Surface {
  key: string;
  to: PersonId | ChannelId;
  card: Card;
  /** Posts in the thread of this other surface of the same flow. */
  under?: string;
  /** Deleted when no longer wanted; others lose their buttons and stay. */
  brief?: true;
  /** What goes first when a budget is short: results before edits before nudges. */
  rank?: 'result' | 'nudge';
  /** The kind of nudge that it is, where people can mute it: it is not posted to who has, as long as they have. */
  nudge?: string;
}

export const refused = (sentence: Text, at?: string): Refused => ({ refused: sentence, ...(at === undefined ? {} : { at }) });

/** The person who acts, where the input's rule says that it is one. */
export function actor(moment: Moment): PersonId {
  if (!moment.by) throw new Error('an input of a person arrived without one');
  return moment.by;
}

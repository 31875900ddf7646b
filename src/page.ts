import type { Address, Card } from './card.ts';
import type { Moment, Refused } from './flow.ts';
import type { Need } from './need.ts';

/** A page only reads: help, lists, the card of one thing. It is shown to the one who asked, nobody else. */
export interface Page<Facts = any> {
  name: string;
  needs(about: string, moment: Moment): readonly Need[];
  /** `about` is what was typed after the command. A page may send the reader on to a form with `go`. */
  show(about: string, moment: Moment, facts: Facts): Card | Refused | { go: Address };
}

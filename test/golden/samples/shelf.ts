import type { Address, Card } from '../../../src/card.ts';
import type { Flow } from '../../../src/flow.ts';
import { type Form, formOf, MAX } from '../../../src/form.ts';
import type { PersonId } from '../../../src/id.ts';
import type { Derived } from '../../../src/record.ts';
import { CHAIR, churn, type Given, member, moment, PM } from '../../flows/given.ts';

/** How long names and texts are, and how many members vote. */
export interface Size {
  members: number;
  name: string;
  text: string;
}

export const USUAL: Size = { members: 5, name: 'Churn model', text: 'The scan says *twelve* days & <more>' };
export const MAXIMA: Size = {
  members: MAX.members,
  name: 'N'.repeat(MAX.name),
  text: `${'word '.repeat(199)}end`.slice(0, MAX.text).padEnd(MAX.text, '.'),
};

/** Where the samples of each flow are put: everything that Offshoot ever shows, by name, as cards and as forms. */
export class Shelf {
  readonly cards = new Map<string, Card>();
  readonly forms = new Map<string, Form>();
  /** The states behind the cards. */
  readonly states = new Map<string, Pick<Given<unknown>, 'flow' | 'state' | 'id'>>();
  readonly size: Size;

  constructor(size: Size) {
    this.size = size;
  }

  get isLarge(): boolean {
    return this.size.members > 5;
  }

  get electors(): PersonId[] {
    return Array.from({ length: this.size.members }, (_, index) => (index === 0 ? CHAIR : member(index)));
  }

  get initiatives(): Derived['initiatives'][] {
    return [{ ...churn, name: this.size.name }];
  }

  get bodies(): Derived['bodies'][] {
    return [{ id: 'body/1', name: this.size.name, chair: CHAIR, rule: 'any no-go blocks', quorum: '60 %', casting: 0 }];
  }

  get members(): Derived['members'][] {
    return this.electors.map((person) => ({
      body: 'body/1' as const,
      person,
      role: person === CHAIR ? ('chair' as const) : ('member' as const),
    }));
  }

  /** Rows of a list: two, or as many as a list may have to show. */
  many<Row>(row: (n: number) => Row, most = 60): Row[] {
    return Array.from({ length: this.isLarge ? most : 2 }, (_, index) => row(index + 1));
  }

  /** The card of a surface. */
  show(name: string, given: Given<unknown>, key: string): void {
    const surface = given.flow.surfaces(given.state, given.id).find((one) => one.key === key);
    if (!surface) throw new Error(`${name}: there is no surface ${key} among ${given.keys.join(', ')}`);
    this.cards.set(name, surface.card);
    this.states.set(name, { flow: given.flow, state: given.state, id: given.id });
  }

  /** The card that an input shows to whoever presses. */
  look(name: string, given: Given<unknown>, input: string, by: PersonId, facts: object = {}): void {
    const card = given.flow.inputs[input]!.shows!(given.state, moment(by), { ...given.facts, ...facts }, given.id);
    if ('refused' in card) throw new Error(`${name} is refused`);
    this.cards.set(name, card);
  }

  /** The form that an input asks for. */
  ask(name: string, given: Given<unknown>, press: Omit<Address, 'to'>, by: PersonId, facts: object = {}): void {
    const mine = given.ballots.get((press.about ?? by) as PersonId) ?? given.ballots.get(by);
    const known = { mine: mine ? [mine] : [], ...facts };
    const question = given.flow.inputs[press.input]!.question!(given.state, moment(by), known, press.about ?? '');
    if (!question || 'refused' in question) throw new Error(`${name} is refused`);
    this.forms.set(name, formOf(question, { to: given.id, ...press }));
  }

  askOpening(name: string, flow: Flow, about: string, facts: object): void {
    const question = flow.open.question!(about, moment(PM), facts);
    if ('refused' in question) throw new Error(`${name} is refused`);
    this.forms.set(name, formOf(question, { to: flow.name, input: 'open' }));
  }
}

/**
 * A vote as the rules page tells it, in plain lines: the model that the real engine on the real store is compared with. It imports
 * nothing of the product, and takes one act after the other.
 */
export interface Terms {
  members: number;
  rule: string;
  /** The chair's own vote breaks a tie. */
  casting: boolean;
  quorum: { count: number } | { percent: number };
  changes: boolean;
  deadline: number;
}

export type Act =
  | { kind: 'ballot'; who: string; roi: string; debt: string; seen?: number }
  | { kind: 'reasons' | 'recuse' | 'close' | 'cancel'; who: string };

export type Answer = 'done' | 'form' | 'refused';

interface Said {
  roi: string;
  debt: string;
}

interface Paper {
  number: number;
  choices: Said | null;
  draft: Said | null;
  castAt: number | null;
}

const CHAIR = 'm0';
export const OPENER = 'pm';

export class Committee {
  readonly papers = new Map<string, Paper>();
  readonly recused = new Set<string>();
  readonly terms: Terms;
  phase: 'open' | 'closed' | 'cancelled' = 'open';
  closedAt: number | null = null;
  outcome: string | null = null;
  /** How many acts had an effect. */
  effects = 0;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  get members(): string[] {
    return Array.from({ length: this.terms.members }, (_, index) => `m${index}`);
  }

  /** Who counts for the quorum. */
  get base(): string[] {
    return this.members.filter((one) => !this.recused.has(one));
  }

  get voted(): string[] {
    return this.base.filter((one) => this.papers.get(one)?.choices);
  }

  get quorum(): number {
    const asked = this.terms.quorum;
    if ('count' in asked) return asked.count;
    // The smallest number of members, at least one, that is the share or more.
    let enough = 1;
    while (enough * 100 < asked.percent * this.base.length) enough++;
    return enough;
  }

  /** Time passes: at the deadline the vote closes, over what was received before it. */
  until(at: number): void {
    if (this.phase === 'open' && at >= this.terms.deadline) this.#close(this.terms.deadline);
  }

  take(act: Act, at: number): Answer {
    this.until(at);
    const answer = this.phase === 'open' ? this.#answer(act, at) : 'refused';
    if (answer !== 'refused') this.effects++;
    return answer;
  }

  #answer(act: Act, at: number): Answer {
    const votes = this.base.includes(act.who);
    const paper = this.papers.get(act.who) ?? { number: 0, choices: null, draft: null, castAt: null };
    const bound = !this.terms.changes && paper.choices !== null;
    switch (act.kind) {
      case 'ballot': {
        if (!votes || bound || (act.seen !== undefined && act.seen !== paper.number)) return 'refused';
        const said = { roi: act.roi, debt: act.debt };
        if (act.roi !== 'no-go' && act.debt !== 'missing') return this.#cast(act.who, paper, said, at);
        this.papers.set(act.who, { ...paper, number: paper.number + 1, draft: said });
        return 'form';
      }
      case 'reasons':
        return votes && !bound && paper.draft !== null ? this.#cast(act.who, paper, paper.draft, at) : 'refused';
      case 'recuse':
        if (!votes) return 'refused';
        if (paper.number > 0) this.papers.set(act.who, { number: paper.number + 1, choices: null, draft: null, castAt: null });
        this.recused.add(act.who);
        this.#closeIfAllVoted(at);
        return 'done';
      case 'close':
        if (act.who !== CHAIR || this.voted.length < this.quorum) return 'refused';
        this.#close(at);
        return 'done';
      case 'cancel':
        if (act.who !== CHAIR && act.who !== OPENER) return 'refused';
        this.phase = 'cancelled';
        return 'done';
    }
  }

  #cast(who: string, paper: Paper, choices: Said, at: number): Answer {
    this.papers.set(who, { number: paper.number + 1, choices, draft: null, castAt: at });
    this.#closeIfAllVoted(at);
    return 'done';
  }

  #closeIfAllVoted(at: number): void {
    if (this.voted.length > 0 && this.voted.length === this.base.length) this.#close(at);
  }

  #close(at: number): void {
    this.phase = 'closed';
    this.closedAt = at;
    if (this.voted.length < this.quorum) this.outcome = 'NO QUORUM';
    else if (!this.#isMet('roi') || !this.#isMet('rest')) this.outcome = 'NO-GO';
    else this.outcome = this.#isMet('debt') ? 'GO' : 'GO WITH CONDITIONS';
  }

  /** On the rest of the criteria everybody says go. */
  #isMet(key: 'roi' | 'debt' | 'rest'): boolean {
    const saidBy = (one: string) => (key === 'rest' ? 'go' : this.papers.get(one)!.choices![key]);
    const said = this.voted.map(saidBy);
    const yes = said.filter((one) => one === 'go').length;
    const no = said.filter((one) => one === 'no-go' || one === 'missing').length;
    const chairBreaks = this.terms.casting && this.voted.includes(CHAIR) && saidBy(CHAIR) === 'go';
    switch (this.terms.rule) {
      case 'any no-go blocks':
        return yes >= 1 && no === 0;
      case 'majority':
        return yes > no || (yes === no && chairBreaks);
      case 'two thirds':
        return yes >= 1 && yes * 3 >= (yes + no) * 2;
      case 'majority of those present':
        return yes * 2 > said.length || (yes * 2 === said.length && chairBreaks);
      case 'consensus':
        return no === 0;
      case 'at least 2 go':
        return yes >= 2;
    }
    throw new Error(`the model knows no rule ${this.terms.rule}`);
  }
}

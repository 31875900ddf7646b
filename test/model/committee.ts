/**
 * A vote as the rules page tells it, in plain lines: the model that the real engine on the real store is compared with. It imports
 * nothing of the product, and takes one act after the other.
 */
export interface Terms {
  members: number;
  rule: string;
  /** The chair's own vote breaks a tie; never in a secret vote. */
  casting: boolean;
  quorum: { count: number } | { percent: number };
  changes: boolean;
  secret: boolean;
  deadline: number;
}

/** `of` is the member whose ballot it is: their own, or one that `who` gives as deputy. */
export type Act =
  | { kind: 'ballot'; who: string; of: string; roi: string; debt: string; seen?: number }
  | { kind: 'withdraw'; who: string; of: string; seen?: number }
  | { kind: 'reasons'; who: string; of: string }
  /** For this vote alone; null takes it back. */
  | { kind: 'deputy'; who: string; deputy: string | null }
  /** For whole days, `until` being the first moment after the last of them. */
  | { kind: 'stand in'; who: string; deputy: string; from: number; until: number }
  | { kind: 'extend'; who: string; to: number }
  | { kind: 'stand down'; who: string }
  | { kind: 'recuse' | 'close' | 'cancel'; who: string };

export type Answer = 'done' | 'form' | 'refused';

export interface Said {
  roi: string;
  debt: string;
}

interface Paper {
  number: number;
  choices: Said | null;
  castAt: number | null;
  castBy: string | null;
  draft: Said | null;
  draftBy: string | null;
}

interface Deputyship {
  who: string;
  deputy: string;
  from: number;
  until: number;
}

const CHAIR = 'm0';
export const OPENER = 'pm';
const DAY = 86_400_000;
/** A vote stays open for so long at most. */
const LONGEST = 90 * DAY;

export class Committee {
  readonly papers = new Map<string, Paper>();
  readonly recused = new Set<string>();
  /** Named for this vote. */
  readonly named = new Map<string, string>();
  /** Named for a time in every vote of the committee. */
  standing: Deputyship[] = [];
  readonly terms: Terms;
  readonly openedAt: number;
  deadline: number;
  extended = false;
  phase: 'open' | 'closed' | 'cancelled' = 'open';
  closedAt: number | null = null;
  outcome: string | null = null;
  /** How many acts had an effect. */
  effects = 0;

  constructor(terms: Terms, openedAt: number) {
    this.terms = terms;
    this.openedAt = openedAt;
    this.deadline = terms.deadline;
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
    // The smallest number of members, at least one, that is the share or more.
    let enough = 'count' in asked ? asked.count : 1;
    if ('percent' in asked) while (enough * 100 < asked.percent * this.base.length) enough++;
    return this.terms.secret && enough < 3 ? 3 : enough;
  }

  /** Who may vote for a member at a moment: whom they named for the vote, or else for the time. */
  deputyOf(who: string, at: number): string | undefined {
    return this.named.get(who) ?? this.standing.find((one) => one.who === who && one.from <= at && at < one.until)?.deputy;
  }

  /** Time passes: at the deadline the vote closes, over what was received before it. */
  until(at: number): void {
    if (this.phase === 'open' && at >= this.deadline) this.#close(this.deadline);
  }

  take(act: Act, at: number): Answer {
    const answer = act.kind === 'stand in' || act.kind === 'stand down' ? this.#standing(act, at) : this.#voting(act, at);
    if (answer !== 'refused') this.effects++;
    return answer;
  }

  /** Deputies for a time are the committee's affair: they come and go whatever becomes of the vote. */
  #standing(act: Act & { kind: 'stand in' | 'stand down' }, at: number): Answer {
    const alive = this.standing.filter((one) => at < one.until);
    const others = alive.filter((one) => one.who !== act.who);
    if (!this.members.includes(act.who)) return 'refused';
    if (act.kind === 'stand down') {
      if (others.length === alive.length) return 'refused';
      this.standing = others;
      return 'done';
    }
    const { who, deputy, from, until } = act;
    const today = Math.floor(at / DAY) * DAY;
    const meanwhile = others.filter((one) => one.from < until && from < one.until);
    const isChain = meanwhile.some((one) => one.deputy === who || one.who === deputy);
    if (from < today || until <= from || deputy === who || isChain) return 'refused';
    this.standing = [...others, { who, deputy, from, until }];
    return 'done';
  }

  #voting(act: Exclude<Act, { kind: 'stand in' | 'stand down' }>, at: number): Answer {
    this.until(at);
    if (this.phase !== 'open') return 'refused';
    switch (act.kind) {
      case 'ballot': {
        if (!this.#mayVote(act.who, act.of, at)) return 'refused';
        const paper = this.#paperOf(act.of);
        // What somebody else began can be seen by nobody but them: a form that was opened before holds nothing up.
        const isHidden = act.seen === 0 && paper.draft !== null && paper.choices === null && paper.draftBy !== act.who;
        if (act.seen !== undefined && act.seen !== paper.number && !isHidden) return 'refused';
        const said = { roi: act.roi, debt: act.debt };
        // On a secret ballot the reasons stand on the same page.
        if (this.terms.secret || (act.roi !== 'no-go' && act.debt !== 'missing')) return this.#cast(act, paper, said, at);
        this.papers.set(act.of, { ...paper, number: paper.number + 1, draft: said, draftBy: act.who });
        return 'form';
      }
      case 'reasons': {
        const paper = this.#paperOf(act.of);
        // Nobody goes on with what somebody else began.
        if (!this.#mayVote(act.who, act.of, at) || paper.draft === null || act.who !== paper.draftBy) return 'refused';
        return this.#cast(act, paper, paper.draft, at);
      }
      case 'withdraw': {
        const paper = this.papers.get(act.of);
        if (!paper?.choices) return 'refused';
        // What one cast as a deputy one may take back when one is none any more, but not where ballots are bound.
        const isOwnDoing = paper.castBy === act.who && this.base.includes(act.of) && this.terms.changes;
        if (!isOwnDoing && !this.#mayVote(act.who, act.of, at)) return 'refused';
        if (act.seen !== undefined && act.seen !== paper.number) return 'refused';
        this.#withdraw(act.of, paper);
        return 'done';
      }
      case 'recuse': {
        if (!this.base.includes(act.who)) return 'refused';
        const paper = this.papers.get(act.who);
        if (paper && (paper.choices || !this.terms.secret)) this.#withdraw(act.who, paper);
        this.recused.add(act.who);
        this.named.delete(act.who);
        this.#closeIfAllVoted(at);
        return 'done';
      }
      case 'deputy':
        return this.#name(act.who, act.deputy, at);
      case 'extend': {
        const isLater = act.to > this.deadline && act.to <= this.openedAt + LONGEST;
        if (act.who !== CHAIR || this.extended || !isLater) return 'refused';
        this.extended = true;
        this.deadline = act.to;
        return 'done';
      }
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

  #paperOf(who: string): Paper {
    return this.papers.get(who) ?? { number: 0, choices: null, castAt: null, castBy: null, draft: null, draftBy: null };
  }

  /** A member who is not recused, or one deputy of theirs; whose own ballot is in is not stood in for, and a ballot may be bound. */
  #mayVote(who: string, of: string, at: number): boolean {
    if (!this.base.includes(of) || this.recused.has(who)) return false;
    const paper = this.#paperOf(of);
    if (who === of) return this.terms.changes || paper.choices === null || paper.castBy !== null;
    if (this.deputyOf(of, at) !== who) return false;
    return paper.choices === null || (this.terms.changes && paper.castBy !== null);
  }

  #name(who: string, deputy: string | null, at: number): Answer {
    const standsIn = !this.recused.has(who) && this.base.some((one) => one !== who && this.deputyOf(one, at) === who);
    const paper = this.#paperOf(who);
    if (standsIn || !this.base.includes(who) || (paper.choices !== null && paper.castBy === null)) return 'refused';
    if (deputy === null) {
      this.named.delete(who);
      return 'done';
    }
    const passesOn = this.members.includes(deputy) && this.deputyOf(deputy, at) !== undefined;
    if (deputy === who || this.recused.has(deputy) || passesOn) return 'refused';
    this.named.set(who, deputy);
    return 'done';
  }

  #cast({ who, of }: { who: string; of: string }, paper: Paper, choices: Said, at: number): Answer {
    const castBy = who === of ? null : who;
    // What the member began is still theirs to go on with when their deputy casts.
    const { draft, draftBy } = castBy !== null && paper.draftBy === of ? paper : { draft: null, draftBy: null };
    this.papers.set(of, { number: paper.number + 1, choices, castAt: at, castBy, draft, draftBy });
    this.#closeIfAllVoted(at);
    return 'done';
  }

  #withdraw(who: string, { number }: Paper): void {
    this.papers.set(who, { number: number + 1, choices: null, castAt: null, castBy: null, draft: null, draftBy: null });
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

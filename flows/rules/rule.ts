/**
 * How the voices on one criterion decide whether it is met. A rule is kept as these words, in a body, a vote and their rows. The kinds
 * are those of parliamentary procedure; all arithmetic is in whole votes.
 */
export type Rule = (typeof RULES)[number] | `at least ${number} go`;

export const RULES = ['any no-go blocks', 'majority', 'two thirds', 'majority of those present', 'consensus'] as const;

/** What a form offers: the rules, and the minimum whose number is a field of its own. */
export type RuleChoice = (typeof RULES)[number] | 'at least';

/** The voices on one criterion. Those who abstain are present, but theirs are no votes cast. */
export interface Voices {
  go: number;
  against: number;
  abstain: number;
  /** What the chair said, where the chair has a casting vote. */
  casting?: 'go' | 'against' | 'abstain';
}

/** Whether a criterion is met. What nobody said anything but “abstain” on is met by consensus alone. */
export function met(rule: Rule, { go, against, abstain, casting }: Voices): boolean {
  switch (rule) {
    case 'any no-go blocks':
      return go > 0 && against === 0;
    case 'majority':
      return go > against || (go === against && casting === 'go');
    case 'two thirds':
      return go > 0 && go >= 2 * against;
    case 'majority of those present':
      return go > against + abstain || (go === against + abstain && casting === 'go');
    case 'consensus':
      return go + abstain > 0 && against === 0;
    default:
      return go >= leastOf(rule)!;
  }
}

/** Where a tie can come about, which a casting vote breaks. */
export const hasTies = (rule: Rule): boolean => rule === 'majority' || rule === 'majority of those present';

/** The fewest members who would have had to say the other thing; `chair`: only with the chair, whose vote breaks a tie, among them. */
export interface Turning {
  members: number;
  chair: boolean;
}

/** What it takes for the criterion to turn; undefined where a minimum is more than were present. */
export function turning(rule: Rule, voices: Voices): Turning | undefined {
  const isMet = met(rule, voices);
  const to = isMet ? 'against' : 'go';
  const turns = (members: number, chair: boolean): boolean => {
    const after = turned(voices, to, members, chair);
    return after !== undefined && met(rule, after) !== isMet;
  };
  const turnsWith = (members: number): boolean => turns(members, false) || turns(members, true);
  let few = 0;
  let many = votesCast(voices) + voices.abstain - voices[to];
  if (!turnsWith(many)) return undefined;
  // One more who changes to the same side never turns it back: the fewest are found by halves.
  while (many - few > 1) {
    const middle = (few + many) >> 1;
    if (turnsWith(middle)) many = middle;
    else few = middle;
  }
  return { members: many, chair: !turns(many, false) };
}

/** Go and against: an abstention is no vote cast. */
export const votesCast = ({ go, against }: Voices): number => go + against;

/** The voices once so many members have changed to the other side: those of the opposite first, then who abstained. */
function turned({ casting, ...voices }: Voices, to: 'go' | 'against', members: number, chair: boolean): Voices | undefined {
  if (chair && (casting === undefined || casting === to)) return undefined;
  const after = { ...voices };
  let left = chair ? members - 1 : members;
  for (const from of [to === 'go' ? 'against' : 'go', 'abstain'] as const) {
    const some = Math.min(left, voices[from] - (casting === from ? 1 : 0));
    after[from] -= some;
    after[to] += some;
    left -= some;
  }
  if (left > 0) return undefined;
  if (!chair) return { ...after, ...(casting ? { casting } : {}) };
  after[casting!]--;
  after[to]++;
  return { ...after, casting: to };
}

/** The number of a minimum; undefined for the other rules. */
export function leastOf(rule: Rule): number | undefined {
  const [, digits] = /^at least ([1-9]\d{0,2}) go$/.exec(rule) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The choice of a form and its number as a rule; undefined where the minimum has no number of 1 to 500. */
export function ruleOf(choice: RuleChoice | Rule, least?: number): Rule | undefined {
  if (choice !== 'at least') return choice;
  return least !== undefined && Number.isInteger(least) && least >= 1 && least <= 500 ? `at least ${least} go` : undefined;
}

/** The other way round. */
export const choiceOf = (rule: Rule): { rule: RuleChoice; least?: number } => {
  const least = leastOf(rule);
  return least === undefined ? { rule: rule as RuleChoice } : { rule: 'at least', least };
};

/** What the rule asks of a must-have, to stand after a quorum: "any no-go on a must-have blocks". */
export function ruleWords(rule: Rule): string {
  switch (rule) {
    case 'any no-go blocks':
      return 'any no-go on a must-have blocks, anything that one member finds missing becomes a condition.';
    case 'majority':
      return 'a must-have needs more go than no-go (a tie is a no-go, abstaining counts for neither); a should-have with no such majority becomes a condition.';
    case 'two thirds':
      return 'a must-have needs two thirds of the votes cast (abstaining is none); a should-have with less becomes a condition.';
    case 'majority of those present':
      return 'a must-have needs go from more than half of those who vote, abstaining included; a should-have with less becomes a condition.';
    case 'consensus':
      return 'a must-have is met when nobody objects (abstaining is consent); a should-have with an objection becomes a condition.';
    default:
      return `a must-have needs at least ${leastOf(rule)} go; a should-have with fewer becomes a condition.`;
  }
}

/** What it asks of one criterion, to stand behind its name: `two thirds of the votes cast`. */
export function ruleShort(rule: Rule): string {
  switch (rule) {
    case 'any no-go blocks':
      return 'anybody against blocks';
    case 'majority':
      return 'a majority of the votes cast';
    case 'two thirds':
      return 'two thirds of the votes cast';
    case 'majority of those present':
      return 'a majority of those present';
    case 'consensus':
      return 'consensus';
    default:
      return rule;
  }
}

/** The rule in a few words, for a list or a form. */
export function ruleTitle(rule: RuleChoice | Rule): string {
  switch (rule) {
    case 'any no-go blocks':
      return 'Any no-go blocks';
    case 'majority':
      return 'Majority of go and no-go; a tie is a no-go';
    case 'two thirds':
      return 'Two thirds of the votes cast';
    case 'majority of those present':
      return 'Majority of those present, abstaining included';
    case 'consensus':
      return 'Consensus: met when nobody objects';
    case 'at least':
      return 'A minimum number of go';
    default:
      return `At least ${leastOf(rule)} go`;
  }
}

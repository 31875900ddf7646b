/**
 * What a pilot is reviewed by: sixteen criteria in four dimensions, sixteen indicators for SCALE, sixteen red flags, and sixteen
 * pairs of a symptom and the turn that answers it (executive course on scaling AI: evaluation, scale, pivot and kill slides). The
 * words, the anchors among them, are Offshoot's own.
 */

export type Dimension = 'technical' | 'business' | 'organizational' | 'strategic';

export interface Criterion {
  key: string;
  dimension: Dimension;
  text: string;
  /** How much it counts within its dimension. */
  weight: number;
  /** What 1, 3 and 5 mean. */
  anchors: readonly [one: string, three: string, five: string];
}

/** What an indicator or a red flag is about. */
export type Group = 'financial' | 'technical' | 'organizational' | 'user';

export interface Mark {
  key: string;
  group: Group;
  text: string;
}

/** What is wrong, and the turn that answers it. */
export interface Pair {
  key: string;
  about: 'scope' | 'approach' | 'audience' | 'timing';
  symptom: string;
  turn: string;
}

export interface ReviewSet {
  /** Name and version; a review keeps the one that it was opened with. */
  id: string;
  criteria: readonly Criterion[];
  indicators: readonly Mark[];
  redFlags: readonly Mark[];
  pairs: readonly Pair[];
}

/** In the order in which they are asked. */
export const DIMENSIONS: Readonly<Record<Dimension, string>> = {
  technical: 'Technical performance',
  business: 'Business impact',
  organizational: 'Organizational readiness',
  strategic: 'Strategic alignment',
};

export const dimensions = Object.keys(DIMENSIONS) as readonly Dimension[];

const criterion = (dimension: Dimension, key: string, text: string, one: string, three: string, five: string, weight = 1): Criterion => ({
  key,
  dimension,
  text,
  weight,
  anchors: [one, three, five],
});

const mark = (group: Group, key: string, text: string): Mark => ({ key, group, text });
const pair = (about: Pair['about'], key: string, symptom: string, turn: string): Pair => ({ key, about, symptom, turn });

const first: ReviewSet = {
  id: 'pilot-review/1',
  criteria: [
    criterion(
      'technical',
      'accuracy',
      'Accuracy, reliability and speed are as required',
      'Clearly below what is required',
      'Near it, with gaps that still matter',
      'At or above it, week after week',
    ),
    criterion(
      'technical',
      'stability',
      'It runs stably, with few enough errors',
      'Fails so often that people work around it',
      'Some failures, each of them dealt with',
      'Runs unattended; errors are rare and harmless',
    ),
    criterion(
      'technical',
      'integration',
      'It works with the systems around it',
      'Stands alone; data is carried over by hand',
      'The main links work, some are makeshift',
      'Tied into all it needs, and tested so',
    ),
    criterion(
      'technical',
      'debt',
      'Its technical debt can be managed',
      'Much has to be rebuilt before it can grow',
      'The debt is known, and there is a plan for it',
      'Little debt; changes are quick and safe',
    ),
    criterion(
      'business',
      'roi',
      'The return is as projected, or better',
      'It costs more than it brings',
      'It pays, but less than was projected',
      'As projected or better, on measured figures',
    ),
    criterion(
      'business',
      'process',
      'The work it serves goes measurably better',
      'No better than before, or worse',
      'Better here and there, not throughout',
      'Much better, on figures agreed beforehand',
    ),
    criterion(
      'business',
      'experience',
      'Customers or staff are better off with it',
      'Complaints outweigh the praise',
      'Some are glad of it, others shrug',
      'They say so themselves, and come back to it',
    ),
    criterion(
      'business',
      'advantage',
      'It gives an edge over competitors',
      'Others have as much, or more',
      'An edge that is easily copied',
      'An edge that others would need long to match',
    ),
    criterion(
      'organizational',
      'support',
      'Stakeholders press for more of it',
      'People who matter work against it',
      'They nod, but nobody presses for it',
      'They ask for it and put up people and money',
    ),
    criterion(
      'organizational',
      'users',
      'Those who use it want to keep it',
      'They avoid it where they can',
      'Some rely on it, others would not miss it',
      'They would protest if it were taken away',
    ),
    criterion(
      'organizational',
      'ownership',
      'Who owns and maintains it is clear',
      'Nobody has taken it on',
      'Named, but without time or money yet',
      'Named, funded, and at work on it',
    ),
    criterion(
      'organizational',
      'team',
      'The team can carry it at scale',
      'It hangs on one or two people',
      'Skills are there, capacity is short',
      'Skills and capacity are there, with cover',
    ),
    criterion(
      'strategic',
      'strategy',
      'It serves what the organization is after',
      'A side show to the strategy',
      'It fits the strategy, without being needed',
      'A stated aim of the strategy depends on it',
    ),
    criterion(
      'strategic',
      'platform',
      'Further AI initiatives can build on it',
      'A one-off; nothing of it can be used again',
      'Parts could be used again, with work',
      'Others wait to build on it, or already do',
    ),
    criterion(
      'strategic',
      'capability',
      'It builds AI skills that stay with us',
      'The know-how leaves with the supplier',
      'A few people have learned from it',
      'Several teams can now do this by themselves',
    ),
    criterion(
      'strategic',
      'market',
      'It betters the position in the market',
      'Customers would not notice',
      'It helps to keep up',
      'It wins customers, or keeps them',
    ),
  ],
  indicators: [
    mark('financial', 'return', 'Return above 200 % in the first year of operation'),
    mark('financial', 'margin', 'It brings clearly more than it costs'),
    mark('financial', 'costs', 'What scaling will cost can be foretold'),
    mark('financial', 'growth', 'The business case gets better the more it is used'),
    mark('technical', 'reliability', 'Reliable above 95 % in production'),
    mark('technical', 'target', 'Accuracy stays at its target'),
    mark('technical', 'enterprise', 'It is tied into the enterprise systems'),
    mark('technical', 'upkeep', 'Maintenance can be kept up for years'),
    mark('organizational', 'champions', 'Stakeholders argue for the expansion by themselves'),
    mark('organizational', 'no-return', 'Users would refuse to go back'),
    mark('organizational', 'funding', 'Ownership and upkeep are paid for'),
    mark('organizational', 'capacity', 'The team has both the skill and the time'),
    mark('user', 'better', 'The experience got better, by measurement'),
    mark('user', 'satisfaction', 'Satisfaction is rising, or high and steady'),
    mark('user', 'safe', 'No serious ethical or safety concern'),
    mark('user', 'complaints', 'Complaints are few and small'),
  ],
  redFlags: [
    mark('financial', 'no-return', 'The return is negative or marginal, with no way up'),
    mark('financial', 'never-pays', 'It costs more than it brings, even at best'),
    mark('financial', 'better-uses', 'The money would do more elsewhere'),
    mark('financial', 'worsening', 'The business case is getting worse'),
    mark('technical', 'limit', 'It has run into a fundamental limit'),
    mark('technical', 'still-failing', 'It still fails after several attempts'),
    mark('technical', 'out-of-reach', 'The accuracy that is needed cannot be reached'),
    mark('technical', 'unmaintainable', 'Its links make it impossible to maintain'),
    mark('organizational', 'resistance', 'Resistance is widespread and lasting'),
    mark('organizational', 'trouble', 'It makes more problems than it solves'),
    mark('organizational', 'no-owner', 'Nobody is willing to own it'),
    mark('organizational', 'no-sponsor', 'The sponsor has withdrawn'),
    mark('user', 'harm', 'It makes things worse for those it is for'),
    mark('user', 'ethics', 'An ethical problem that nothing can mend'),
    mark('user', 'trust', 'It damages trust in the brand'),
    mark('user', 'safety', 'A safety or regulatory risk has come true'),
  ],
  pairs: [
    pair('scope', 'narrow', 'too narrow', 'widen it'),
    pair('scope', 'broad', 'too broad', 'narrow it'),
    pair('scope', 'problem', 'the wrong problem', 'aim at the right one'),
    pair('scope', 'metrics', 'the wrong measures of success', 'change what it is judged by'),
    pair('approach', 'autonomy', 'failing on its own', 'let people and AI work together'),
    pair('approach', 'real-time', 'real time is not needed', 'run it in batches'),
    pair('approach', 'overkill', 'more than the task needs', 'simplify it'),
    pair('approach', 'technology', 'the wrong technology', 'replace it'),
    pair('audience', 'users', 'the wrong users', 'design it anew for another group'),
    pair('audience', 'sponsor', 'the sponsor wants something else', 'find another champion'),
    pair('audience', 'setting', 'used in the wrong setting', 'move it to another one'),
    pair('audience', 'value', 'people do not see the value', 'say anew what it is good for'),
    pair('timing', 'market', 'the market is not ready', 'pause it and start again later'),
    pair('timing', 'organization', 'the organization is not ready', 'invest in the change first'),
    pair('timing', 'immature', 'the technology is immature', 'wait for it, or take another'),
    pair('timing', 'regulation', 'the rules are not settled', 'wait until they are'),
  ],
};

const sets = new Map([first].map((set) => [set.id, set]));

export const currentReviewSet = first;

/** The set that a review was opened with. */
export function reviewSetOf(id: string): ReviewSet {
  const set = sets.get(id);
  if (!set) throw new Error(`no criteria set ${id}`);
  return set;
}

export const criteriaOf = (set: ReviewSet, dimension: Dimension): readonly Criterion[] =>
  set.criteria.filter((one) => one.dimension === dimension);

/** The criterion of a key; throws where the set has none. */
export function criterionOf(set: ReviewSet, key: string): Criterion {
  const found = set.criteria.find((one) => one.key === key);
  if (!found) throw new Error(`${set.id} has no criterion ${key}`);
  return found;
}

import type { Rule } from '../rules/rule.ts';

/** The fifteen criteria of a go/no-go vote in three tiers (executive course on scaling AI, go/no-go slide). */

export type Tier = 'must' | 'should' | 'nice';

export interface Criterion {
  key: string;
  tier: Tier;
  text: string;
  /** How it is counted, where not by the rule of the vote. */
  rule?: Rule;
}

export interface CriteriaSet {
  /** Name and version, `go-no-go/1`; a vote keeps the one that it was opened with. */
  id: string;
  criteria: readonly Criterion[];
}

/** Singular names of the tiers; the rule of each is the body's rule, but nothing nice to have ever blocks. */
export const TIERS: Readonly<Record<Tier, string>> = { must: 'Must have', should: 'Should have', nice: 'Nice to have' };

const first: CriteriaSet = {
  id: 'go-no-go/1',
  criteria: [
    { key: 'performance', tier: 'must', text: 'Technical performance requirement met' },
    { key: 'roi', tier: 'must', text: 'Positive ROI at scale' },
    { key: 'sponsor', tier: 'must', text: 'Executive sponsor confirmed' },
    { key: 'safety', tier: 'must', text: 'No unresolved safety or compliance issue' },
    { key: 'funding', tier: 'must', text: 'Funding for the scaling phase secured' },
    { key: 'satisfaction', tier: 'should', text: 'User satisfaction above threshold' },
    { key: 'resistance', tier: 'should', text: 'Resistance manageable' },
    { key: 'debt', tier: 'should', text: 'Technical debt within limits' },
    { key: 'team', tier: 'should', text: 'Team able to support at scale' },
    { key: 'ownership', tier: 'should', text: 'Ownership and governance clear' },
    { key: 'uses', tier: 'nice', text: 'Further use cases identified' },
    { key: 'platform', tier: 'nice', text: 'Platform potential' },
    { key: 'advantage', tier: 'nice', text: 'Competitive advantage shown' },
    { key: 'innovation', tier: 'nice', text: 'Innovation opportunities' },
    { key: 'recognition', tier: 'nice', text: 'Recognition' },
  ],
};

const sets = new Map([first].map((set) => [set.id, set]));

export const currentSet = first;

/** The set that a vote was opened with. */
export function setOf(id: string): CriteriaSet {
  const set = sets.get(id);
  if (!set) throw new Error(`no criteria set ${id}`);
  return set;
}

import type { Stacks } from '../../src/picture.ts';
import type { Criterion } from '../criteria/go-no-go.ts';
import { type Closing, criteriaOf, type Vote } from './state.ts';

/** The tally as bars, one for each criterion. What is nice to have never blocks, so it is neither met nor failed. */
export function tallyPicture(vote: Vote, { counts }: Closing): Stacks {
  return {
    kind: 'stacks',
    title: 'Votes on each criterion',
    parts: [
      { label: 'Go', tone: 'good' },
      { label: 'Against', tone: 'bad' },
      { label: 'Abstaining', tone: 'none' },
    ],
    bars: criteriaOf(vote).criteria.map((criterion) => {
      const { go, against, abstain, met } = counts.find((count) => count.key === criterion.key)!;
      return { label: criterion.text, counts: [go, against, abstain], ...markOf(criterion, met) };
    }),
  };
}

const markOf = ({ tier }: Criterion, met: boolean): { mark?: string } => (tier === 'nice' ? {} : { mark: met ? '✓' : '✗' });

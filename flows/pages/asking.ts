import type { Page } from '../../src/page.ts';
import { presetOf } from '../vote/preset.ts';

/** `/offshoot gate churn wave 2`, `/offshoot change churn new threshold`: the opening form of a vote on that question. */
const asking = (question: string): Page => ({
  name: question,
  needs: () => [],
  show: (about) => ({ go: { to: 'vote', input: 'open', about: presetOf(question, about) } }),
});

export const gate = asking('gate');
export const change = asking('change');

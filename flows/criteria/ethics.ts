/** The four questions of an ethical review (decision framework, governance). */
export const ETHICS = [
  { key: 'data', text: 'Training data is representative and free of known bias', short: 'training data' },
  { key: 'outputs', text: 'Outputs are fair across the groups of people they concern', short: 'fairness of outputs' },
  { key: 'context', text: 'The context of use is appropriate', short: 'context of use' },
  { key: 'feedback', text: 'People who are affected can give feedback', short: 'feedback of those affected' },
] as const;

/** Name and version; a review keeps the one that it was answered with. */
export const ETHICS_SET = 'ethics/1';

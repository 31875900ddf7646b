import type { CriteriaSet } from './go-no-go.ts';

/**
 * What a change control board asks of a change to a running system (practitioners' guidance on governance: a board for changes,
 * documentation and versions of models, gradual rollout, privacy and access of data).
 */
export const changeSet: CriteriaSet = {
  id: 'change/1',
  criteria: [
    { key: 'need', tier: 'must', text: 'What the change is for is clear, and worth its risk' },
    { key: 'tested', tier: 'must', text: 'It was tested on data and load like the real ones' },
    { key: 'back', tier: 'must', text: 'There is a tried way back' },
    { key: 'compliant', tier: 'must', text: 'Privacy, access and compliance stay in order' },
    { key: 'documented', tier: 'should', text: 'Version and behaviour after the change are documented' },
    { key: 'gradual', tier: 'should', text: 'It goes out gradually, with figures that would stop it' },
    { key: 'told', tier: 'should', text: 'Those who are affected know what changes for them, and when' },
    { key: 'window', tier: 'nice', text: 'It comes at a quiet time' },
  ],
};

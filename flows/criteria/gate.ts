import type { CriteriaSet } from './go-no-go.ts';

/**
 * What a committee asks before the next wave of a rollout (executive course on scaling AI, roadmap of a phased rollout: each wave
 * tests assumptions, refines and builds support before more people come in).
 */
export const gateSet: CriteriaSet = {
  id: 'gate/1',
  criteria: [
    { key: 'goals', tier: 'must', text: 'The wave before reached what it was to reach' },
    { key: 'stable', tier: 'must', text: 'The system ran reliably under the load of the wave before' },
    { key: 'safe', tier: 'must', text: 'Nothing that would harm people or break a rule is unsolved' },
    { key: 'support', tier: 'must', text: 'Support for the people of the next wave is staffed' },
    { key: 'trained', tier: 'should', text: 'The people of the next wave have their training planned' },
    { key: 'integrated', tier: 'should', text: 'The integrations that the next wave needs are tested' },
    { key: 'refined', tier: 'should', text: 'What the wave before complained of is mended or planned' },
    { key: 'watched', tier: 'should', text: 'Monitoring shows adoption, errors and cost of each wave' },
    { key: 'learned', tier: 'nice', text: 'What was learned is written down for the waves to come' },
  ],
};

import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import { leftNeed } from '../rules/fit.ts';
import type { Input } from './input.ts';
import { ABOUT } from './pages.ts';
import type { Review } from './state.ts';

interface Asked {
  id: FlowId;
  input: Input['type'];
  by: PersonId | undefined;
}

/** Of the messages that were put in as evidence the latest are looked through. */
const LATEST = 500;

/** The facts of each input: a reviewer is given their own answers alone, until a step ends the asking. */
export function reviewNeeds({ initiative }: Review, { id, input, by }: Asked): readonly Need[] {
  const owner = { as: 'owner', rows: 'people', where: { id: initiative.owner } } as const;
  const mine = { as: 'mine', rows: 'answers', where: { flow: id, about: ABOUT, person: by ?? null } } as const;
  const evidence = {
    as: 'evidence',
    rows: 'evidence',
    where: { initiative: initiative.id },
    order: ['at', 'desc'],
    limit: LATEST,
  } as const;
  const weighing = [
    owner,
    evidence,
    { as: 'answers', rows: 'answers', where: { flow: id, about: ABOUT } },
    { as: 'earlier', rows: 'reviews', where: { initiative: initiative.id, state: 'posted' } },
  ] as const;
  switch (input) {
    case 'technical':
    case 'business':
    case 'organizational':
      return [mine, evidence];
    case 'strategic':
      return [mine, ...weighing];
    case 'decline':
    case 'due':
      return weighing;
    case 'remove':
      return [leftNeed, ...weighing];
    case 'add':
    case 'hand-on':
      return [owner, leftNeed];
    case 'pivot':
      return [owner, leftNeed, evidence];
    case 'verdict':
    case 'extend':
    case 'kill':
      return [owner, evidence];
    case 'move':
    case 'cancel':
    case 'flags':
    case 'indicators':
    case 'more':
      return [owner];
    case 'scale':
      return [
        leftNeed,
        { as: 'initiatives', rows: 'initiatives', where: { id: initiative.id } },
        { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
        { as: 'votes', rows: 'votes', where: { initiative: initiative.id, phase: 'open' } },
        { as: 'checks', rows: 'readiness_checks', where: { initiative: initiative.id, state: 'asking' } },
        { as: 'earlier', rows: 'reviews', where: { initiative: initiative.id, state: 'posted' }, order: ['decided_at', 'desc'], limit: 1 },
      ];
    case 'nudge':
    case 'end':
    case 'moved':
      return [];
  }
}

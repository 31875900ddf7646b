import { actor, type Moment } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { askedAway } from './nudging.ts';
import type { OpeningBrief, OpeningFacts } from './opening.ts';
import type { Vote } from './state.ts';
import { zonesOf } from './zones.ts';

type Convened = Pick<
  Vote,
  'body' | 'channel' | 'also' | 'electors' | 'chair' | 'zones' | 'asked' | 'opened' | 'reopened' | 'voted' | 'recused' | 'nudged'
>;

/** Who may vote: the members as they are now. */
export const electorsOf = (body: Derived['bodies'], { members }: OpeningFacts): readonly PersonId[] =>
  members.filter((one) => one.body === body.id).map((one) => one.person);

/** What every vote begins with, whatever it asks: who sits in it and where, copied, so that a later change of the committee holds for the next one. */
export function convened(
  body: Derived['bodies'],
  brief: Pick<OpeningBrief, 'channel' | 'deadline' | 'startedBy' | 'reopens' | 'reason'>,
  moment: Moment,
  facts: OpeningFacts,
): Convened {
  const { places = [], profiles = [], rooms = [] } = facts;
  const electors = electorsOf(body, facts);
  const also = places.filter((one) => one.body === body.id && one.channel !== brief.channel).map((one) => one.channel);
  return {
    body: { id: body.id, name: body.name },
    channel: brief.channel,
    ...(also.length > 0 ? { also } : {}),
    electors,
    chair: body.chair,
    zones: zonesOf(electors, profiles, moment.by ? moment.zone : (rooms[0]?.zone ?? moment.zone)),
    ...askedAway(electors, profiles, brief.deadline, moment),
    opened: { by: moment.by ?? brief.startedBy ?? actor(moment), at: moment.at },
    ...(brief.reopens ? { reopened: { vote: brief.reopens, reason: brief.reason ?? '' } } : {}),
    voted: [],
    recused: [],
    nudged: [],
  };
}

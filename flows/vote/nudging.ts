import { button, type Card, note, said } from '../../src/card.ts';
import { actor, type Asked, type Moment, type Refused, refused, type Step, type Surface, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { MemberProfile, Need } from '../../src/need.ts';
import { list, minute, person, text, typed } from '../../src/text.ts';
import { digestOf } from '../digest/state.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { daysBefore, wakingMoment } from '../rules/waking.ts';
import { electorMeant } from './ballot.ts';
import { deputyOf, voicesOf } from './deputies.ts';
import { mayLead } from './leading.ts';
import {
  type Ask,
  isOpen,
  isRecused,
  matterOf,
  missing,
  type Nudge,
  openSince,
  type Standing,
  type Vote,
  type VoteFacts,
} from './state.ts';
import { allZones, zoneOf } from './zones.ts';

const HOURS = 3_600_000;

/** When members without a ballot are reminded, before the deadline and by the clock on their own wall. */
const NUDGES: Readonly<Record<Nudge, (zone: string, deadline: number) => number>> = {
  'a day': (zone, deadline) => daysBefore(zone, deadline, 1),
  'two hours': (_, deadline) => deadline - 2 * HOURS,
};

/** How long a vote waits between two nudges of its chair. */
const PAUSE = HOURS;

/** The nudges to come, each when the first of its electors is to be reminded; none that would come before the vote opens. */
export const nudgeTimers = (vote: Vote): readonly Timer[] =>
  (Object.keys(NUDGES) as Nudge[]).flatMap((nudge) => {
    const at = vote.nudged.includes(nudge) ? Infinity : Math.min(...allZones(vote).map((zone) => momentFor(vote, nudge, zone) ?? Infinity));
    return at === Infinity ? [] : [{ key: `nudge ${nudge}`, at, input: { type: 'nudge', nudge } }];
  });

/** When somebody in a zone is reminded; undefined where that would have been before the vote opened, or opened again. */
function momentFor(vote: Pick<Vote, 'deadline' | 'opened' | 'resumed'>, nudge: Nudge, zone: string): number | undefined {
  const { deadline: until } = vote;
  const since = openSince(vote);
  const key = `${nudge} ${zone} ${since} ${until}`;
  let moment = moments.get(key);
  if (moment === undefined) {
    const at = NUDGES[nudge](zone, until);
    moment = at > since ? wakingMoment(zone, at, { since, until }) : null;
    if (moments.size >= MOMENTS) moments.clear();
    moments.set(key, moment);
  }
  return moment ?? undefined;
}

/** They are asked for at each ballot, and to ask Temporal takes its time. */
const moments = new Map<string, number | null>();
const MOMENTS = 1_000;

/** The time of a nudge has come: whoever may give a missing ballot is to be reminded, once each and by day where they are. */
export function nudged(vote: Vote, nudge: Nudge, moment: Moment, facts: VoteFacts): Vote {
  if (!isOpen(vote) || vote.nudged.includes(nudge) || moment.at >= vote.deadline) return vote;
  const due = new Map<PersonId, number>();
  for (const elector of missing(vote))
    for (const voice of voicesOf(vote, elector, moment, facts)) {
      const at = momentFor(vote, nudge, zoneOf(vote, voice, elector));
      if (at !== undefined) due.set(voice, Math.min(due.get(voice) ?? Infinity, Math.max(at, moment.at)));
    }
  const asks = [...new Set(due.values())].map(
    (at): Ask => ({ nudge, at, people: [...due].flatMap(([one, when]) => (when === at ? [one] : [])) }),
  );
  return { ...vote, nudged: [...vote.nudged, nudge], asked: [...(vote.asked ?? []), ...asks] };
}

/** Members who are away until the vote closes are offered to name a deputy while there is time. */
export function askedAway(
  electors: readonly PersonId[],
  profiles: readonly MemberProfile[],
  deadline: number,
  { at }: Moment,
): Pick<Vote, 'asked'> {
  const away = profiles.filter(({ away: isAway, away_until: until }) => isAway === 1 && (until ?? Infinity) >= deadline);
  const people = away.map((one) => one.person).filter((one) => electors.includes(one));
  return people.length > 0 ? { asked: [{ nudge: 'away', at, people }] } : {};
}

/** What the digests of people are asked and told. */
export function digestTimers(vote: Vote): readonly Timer[] {
  const { asked = [], told = [] } = vote;
  return [
    ...(isOpen(vote) ? asked.flatMap((ask) => askTimers(ask, vote)) : []),
    ...told.map(({ digest, at, number }) => ({ key: `tell ${number} ${digest}`, at, to: digest, input: { type: 'look' } })),
  ];
}

/** The vote before a step and the vote after it ask the same, and what is the very same needs no comparing. */
const written = new WeakMap<Ask, readonly Timer[]>();

/** An ask is forgotten when the deadline moves, and the zones never change. */
function askTimers(ask: Ask, vote: Vote): readonly Timer[] {
  let timers = written.get(ask);
  if (!timers) {
    const { nudge, at, people } = ask;
    const offer = nudge === 'away' ? { offer: true } : {};
    timers = people.map((one) => ({
      key: `ask ${nudge} ${one}`,
      at,
      to: digestOf(one),
      input: { type: 'ask', person: one, zone: zoneOf(vote, one), deadline: vote.deadline, ...offer },
    }));
    written.set(ask, timers);
  }
  return timers;
}

/** The digests that a step may change: those with the ballot that is meant or, where the vote itself changes, all that it stands in. */
export function listedNeeds({ id, input, by, about }: Asked): readonly Need[] {
  const elector = ONE.has(input) && by ? { elector: electorMeant(about, by) } : {};
  return ONE.has(input) || ALL.has(input) ? [{ as: 'listed', rows: 'digest_ballots', where: { vote: id, ...elector } }] : [];
}

const ONE = new Set(['ballot', 'reasons', 'withdraw', 'deputy']);
const ALL = new Set(['recuse', 'close', 'deadline', 'cancel', 'extend', 'correct']);

/** After a step: the digests that the vote stands in look again, and what was asked and told long ago is forgotten. */
export function telling(before: Vote, after: Vote, { at }: Moment, { listed = [] }: Pick<VoteFacts, 'listed'>): Vote {
  const isLate = (one: { at: number }): boolean => one.at < at - HOURS;
  const told = after === before ? [] : [...new Set(listed.map(({ digest }) => digest))];
  if (told.length === 0 && !after.told?.some(isLate) && !after.asked?.some(isLate)) return after;
  const number = (after.told?.at(-1)?.number ?? 0) + 1;
  const earlier = (after.told ?? []).filter((one) => !isLate(one) && !told.includes(one.digest));
  return {
    ...after,
    ...(after.asked ? { asked: after.asked.filter((one) => !isLate(one)) } : {}),
    told: [...earlier, ...told.map((digest) => ({ digest, at, number }))],
  };
}

/** The chair's own nudge: to all who may give a missing ballot, at most once an hour. */
export function prompt(vote: Vote, moment: Moment, facts: VoteFacts): Step<Vote> {
  const barred = mayPrompt(vote, moment, facts.left);
  if (barred) return barred;
  const waiting = missing(vote);
  const deputies = waiting.flatMap((elector): Standing[] => {
    const deputy = deputyOf(vote, elector, moment, facts);
    return deputy && !isRecused(vote, deputy) ? [{ person: elector, deputy }] : [];
  });
  return {
    state: { ...vote, prompted: { by: actor(moment), at: moment.at, ...(deputies.length > 0 ? { deputies } : {}) } },
    say: text`Nudged: ${waiting.length} ${waiting.length === 1 ? 'member' : 'members'} without a ballot${deputies.length > 0 && ', and their deputies'}. Whoever has muted such nudges gets none.`,
  };
}

/** The chair's nudge as one direct message to each whom it concerns; it goes away with the ballots. */
export function nudgeSurfaces(vote: Vote, id: FlowId): readonly Surface[] {
  const { prompted } = vote;
  if (!prompted) return [];
  const whose = new Map<PersonId, PersonId[]>();
  for (const elector of missing(vote)) {
    const deputy = prompted.deputies?.find((one) => one.person === elector)?.deputy;
    for (const voice of deputy ? [elector, deputy] : [elector]) whose.set(voice, [...(whose.get(voice) ?? []), elector]);
  }
  // One card for all who have only their own ballot to give: it is made and compared once, however many they are.
  let own: Surface | undefined;
  return [...whose].map(([voice, electors]) => {
    const others = electors.filter((one) => one !== voice);
    const place = { key: `nudge by chair ${prompted.at} ${voice}`, to: voice };
    if (others.length > 0) return nudgeOf('chair', { ...place, card: chairsNudge(vote, id, prompted, electors.length, others) });
    own ??= nudgeOf('chair', { ...place, card: chairsNudge(vote, id, prompted, 1, []) });
    return { ...own, ...place };
  });
}

/** Asks for so many ballots; `others` are the members among them for whom its reader stands in. */
function chairsNudge(vote: Vote, id: FlowId, prompted: NonNullable<Vote['prompted']>, count: number, others: readonly PersonId[]): Card {
  return {
    title: text`${person(prompted.by)} asks for ${count > 1 ? 'ballots of yours to give' : 'your ballot'}`,
    parts: [
      said(text`${typed(vote.body.name)} decides on ${matterOf(vote)}, and the vote closes ${minute(vote.deadline)}.`),
      ...(others.length > 0 ? [said(text`You may cast the ballot of ${list(others.map((one) => person(one)))}, as their deputy.`)] : []),
      note(
        text`You get this because ${others.length === count ? 'you stand in for a member' : 'you are a member'} without a ballot, and whoever leads the vote asked, ${minute(prompted.at)}.`,
      ),
    ],
    buttons: [button('Vote', id, 'ballot', { style: 'primary', ...(count === 1 && others.length === 1 ? { about: others[0]! } : {}) })],
  };
}

export function mayPrompt(vote: Vote, moment: Moment, left: VoteFacts['left']): Refused | undefined {
  if (!isOpen(vote) || moment.at >= vote.deadline) return refused(text`This vote is over, so there is nobody left to nudge.`);
  const barred = mayLead(vote, moment, left, 'nudge');
  if (barred) return barred;
  if (missing(vote).length === 0) return refused(text`Everybody’s ballot is in, so there is nobody to nudge.`);
  if (vote.prompted && moment.at - vote.prompted.at < PAUSE)
    return refused(text`Members were nudged ${minute(vote.prompted.at)}. You can nudge them again ${minute(vote.prompted.at + PAUSE)}.`);
  return undefined;
}

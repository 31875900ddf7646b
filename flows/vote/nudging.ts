import { button, note, said } from '../../src/card.ts';
import { actor, type Moment, type Refused, refused, type Step, type Surface, type Timer } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { minute, person, type Text, text, typed } from '../../src/text.ts';
import { mayLead } from './leading.ts';
import { isOpen, matterOf, missing, type Nudge, type Vote, type VoteFacts } from './state.ts';

const HOURS = 3_600_000;

/** When members without a ballot are nudged by the clock, before the deadline. */
const NUDGES: readonly [Nudge, number][] = [
  ['a day', 24 * HOURS],
  ['two hours', 2 * HOURS],
];

/** How long a vote waits between two nudges of its chair. */
const PAUSE = HOURS;

/** The nudges to come; none that would come before the vote opened. */
export const nudgeTimers = ({ nudged: sent, deadline, opened }: Vote): readonly Timer[] =>
  NUDGES.filter(([nudge]) => !sent.includes(nudge))
    .map(([nudge, before]) => ({ key: `nudge ${nudge}`, at: deadline - before, input: { type: 'nudge', nudge } }))
    .filter(({ at }) => at > opened.at);

/** A nudge is sent once, while somebody is missing, and never so late that what it says is no longer true. */
export function nudged(vote: Vote, nudge: Nudge, { at, due = at }: Moment): Vote {
  const isWanted = isOpen(vote) && missing(vote).length > 0 && !vote.nudged.includes(nudge) && at - due < HOURS && at < vote.deadline;
  return isWanted ? { ...vote, nudged: [...vote.nudged, nudge] } : vote;
}

/** The chair's own nudge: to all whose ballot is missing, at most once an hour. */
export function prompt(vote: Vote, moment: Moment, { left }: VoteFacts): Step<Vote> {
  const barred = mayPrompt(vote, moment, left);
  if (barred) return barred;
  const asked = missing(vote).length;
  return {
    state: { ...vote, prompted: { by: actor(moment), at: moment.at } },
    say: text`Nudged: ${asked} ${asked === 1 ? 'member' : 'members'} without a ballot.`,
  };
}

/** A direct message to each member whose ballot is missing; it goes away with the ballot. */
export function nudgeSurfaces(vote: Vote, id: FlowId): readonly Surface[] {
  const { prompted } = vote;
  const byClock = vote.nudged.flatMap((nudge) =>
    reminders(vote, id, {
      // After an extension it is a new message.
      key: `nudge ${nudge} ${vote.extended ? 'extended ' : ''}`.trimEnd(),
      title: text`Your ballot is missing`,
      why: text`You get this because you are a member without a ballot, ${nudge} before the deadline.`,
    }),
  );
  if (!prompted) return byClock;
  const byChair = reminders(vote, id, {
    key: `nudge by chair ${prompted.at}`,
    title: text`${person(prompted.by)} asks for your ballot`,
    why: text`You get this because you are a member without a ballot, and whoever leads the vote asked, ${minute(prompted.at)}.`,
  });
  return [...byChair, ...byClock];
}

const reminders = (vote: Vote, id: FlowId, { key, title, why }: { key: string; title: Text; why: Text }): Surface[] =>
  missing(vote).map((who) => ({
    key: `${key} ${who}`,
    to: who,
    brief: true,
    rank: 'nudge',
    card: {
      title,
      parts: [said(text`${typed(vote.body.name)} decides on ${matterOf(vote)}, and the vote closes ${minute(vote.deadline)}.`), note(why)],
      buttons: [button('Vote', id, 'ballot', { style: 'primary' })],
    },
  }));

export function mayPrompt(vote: Vote, moment: Moment, left: VoteFacts['left']): Refused | undefined {
  if (!isOpen(vote) || moment.at >= vote.deadline) return refused(text`This vote is over, so there is nobody left to nudge.`);
  const barred = mayLead(vote, moment, left, 'nudge');
  if (barred) return barred;
  if (missing(vote).length === 0) return refused(text`Everybody’s ballot is in, so there is nobody to nudge.`);
  if (vote.prompted && moment.at - vote.prompted.at < PAUSE)
    return refused(text`Members were nudged ${minute(vote.prompted.at)}. You can nudge them again ${minute(vote.prompted.at + PAUSE)}.`);
  return undefined;
}

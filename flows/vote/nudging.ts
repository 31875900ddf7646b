import { button, note, said } from '../../src/card.ts';
import { actor, type Moment, type Refused, refused, type Step, type Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { isOpen, ledBy, matterOf, missing, type Vote, type VoteFacts } from './state.ts';

/** How long a vote waits between two nudges of its chair. */
const PAUSE = 3_600_000;

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
export function promptSurfaces(vote: Vote, id: FlowId): readonly Surface[] {
  const { prompted } = vote;
  if (!prompted) return [];
  return missing(vote).map((who) => ({
    key: `nudge by chair ${prompted.at} ${who}`,
    to: who,
    brief: true,
    rank: 'nudge',
    card: {
      title: text`${person(prompted.by)} asks for your ballot`,
      parts: [
        said(text`${typed(vote.body.name)} decides on ${matterOf(vote)}, and the vote closes ${minute(vote.deadline)}.`),
        note(text`You get this because you are a member without a ballot, and whoever leads the vote asked, ${minute(prompted.at)}.`),
      ],
      buttons: [button('Vote', id, 'ballot', { style: 'primary' })],
    },
  }));
}

function mayPrompt(vote: Vote, moment: Moment, left: VoteFacts['left']): Refused | undefined {
  if (!isOpen(vote) || moment.at >= vote.deadline) return refused(text`This vote is over, so there is nobody left to nudge.`);
  const leader = ledBy(vote, left);
  if (actor(moment) !== leader)
    return refused(
      text`Only ${leader === vote.chair ? 'the chair' : 'the one who opened the vote, in place of the chair,'} may nudge. Please ask ${person(leader)}.`,
    );
  if (missing(vote).length === 0) return refused(text`Everybody’s ballot is in, so there is nobody to nudge.`);
  if (vote.prompted && moment.at - vote.prompted.at < PAUSE)
    return refused(text`Members were nudged ${minute(vote.prompted.at)}. You can nudge them again ${minute(vote.prompted.at + PAUSE)}.`);
  return undefined;
}

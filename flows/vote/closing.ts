import { type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Ballot } from '../../src/kept.ts';
import { text } from '../../src/text.ts';
import { against, type Choices, type Count, tally } from '../rules/tally.ts';
import { countedIn } from './ballot.ts';
import { mayLead } from './leading.ts';
import { countRanking, initiativeIn } from './ranking.ts';
import { threadOf } from './thread.ts';
import { baseOf, type Closing, criteriaOf, isOpen, missing, quorumNow, type Reason, type Vote, type VoteFacts } from './state.ts';

/** What the count needs of a ballot. */
type Counted = Pick<Ballot, 'person' | 'choices' | 'reasons'>;

/** Closes the vote over the ballots that are cast. Without a quorum nothing is decided, and nobody's reasons are shown. */
export function close(vote: Vote, how: Closing['how'], moment: Moment, ballots: readonly Counted[]): Taken<Vote> {
  const base = new Set(baseOf(vote));
  const counting = ballots.filter((ballot) => ballot.choices && base.has(ballot.person));
  const quorum = quorumNow(vote);
  const choices = counting.map((ballot) => ballot.choices as Choices);
  const chair = vote.casting ? counting.find((ballot) => ballot.person === vote.chair)?.choices : undefined;
  const { outcome, ...count } = vote.options
    ? countRanking(vote.options, choices, chair)
    : tally(criteriaOf(vote), vote.rule, choices, (chair ?? undefined) as Choices | undefined);
  const closed: Closing = {
    at: moment.at,
    ...(moment.due === undefined ? {} : { due: moment.due }),
    how,
    ...(moment.by && how === 'by the chair' ? { by: moment.by } : {}),
    outcome: quorum.stands ? outcome : 'NO QUORUM',
    quorum: { needed: quorum.needed, base: quorum.base, present: quorum.present },
    counts: count.counts,
    ...(quorum.stands && 'ranking' in count ? { ranking: count.ranking } : {}),
    reasons: quorum.stands ? counting.flatMap((ballot) => reasonsIn(vote, ballot)) : [],
    dissent: quorum.stands
      ? counting.filter((ballot) => dissents(vote, ballot.choices as Choices, outcome, count.counts)).map((ballot) => ballot.person)
      : [],
  };
  return { state: chosen({ ...vote, closed: { ...closed, ...threadOf(vote, closed) } }) };
}

/** A ranked choice that chose one is about that one from then on. */
export function chosen(vote: Vote): Vote {
  const { options, closed } = vote;
  const initiative = options && closed?.ranking && initiativeIn(options, closed.ranking);
  return initiative ? { ...vote, initiative } : vote;
}

/** After a ballot or a recusal: closes when nobody is left to wait for. `others` are the ballots as they stood before this step. */
export function closeWhenAllVoted(taken: Refused | Taken<Vote>, moment: Moment, others: readonly Counted[]): Refused | Taken<Vote> {
  if ('refused' in taken) return taken;
  const vote = taken.state;
  if (missing(vote).length > 0 || vote.voted.length === 0) return taken;
  const latest = taken.keep?.find((one) => one.kind === 'ballot')?.row;
  const ballots = latest ? [...others.filter((ballot) => ballot.person !== latest.person), latest] : others;
  const last = latest?.choices && text`Counted: ${countedIn(vote, latest.choices)}. Yours was the last ballot, so the vote is closed.`;
  return { ...taken, state: close(vote, 'when all had voted', moment, ballots).state, ...(last ? { say: last } : {}) };
}

/** Whoever leads the vote closes it once the quorum stands. */
export function mayCloseEarly(vote: Vote, moment: Moment, left: VoteFacts['left']): Refused | undefined {
  if (!isOpen(vote)) return refused(text`This vote is over already.`);
  const barred = mayLead(vote, moment, left, 'close the vote early');
  if (barred) return barred;
  const { needed, present, stands } = quorumNow(vote);
  return stands
    ? undefined
    : refused(
        text`The quorum is not reached: ${present} of the ${needed} ballots that it takes. The vote closes by itself at its deadline.`,
      );
}

/** Would everybody have voted once this person has? Then the step must be given all ballots. */
export const completes = (vote: Vote, by: PersonId | undefined): boolean => missing(vote).every((person) => person === by);

function reasonsIn(vote: Vote, { person, choices, reasons }: Counted): Reason[] {
  return criteriaOf(vote).criteria.flatMap(({ key }) => {
    const choice = (choices as Choices)[key];
    const reason = reasons[key];
    return choice && reason && against(choice) ? [{ criterion: key, person, choice, reason }] : [];
  });
}

/** Dissent: for all of what a NO-GO failed on, or else against a criterion that the committee found met. */
export function dissents(vote: Vote, chosen: Choices, outcome: Closing['outcome'], counts: readonly Count[]): boolean {
  const { criteria } = criteriaOf(vote);
  const isMet = (key: string) => counts.some((count) => count.key === key && count.met);
  if (outcome === 'NO-GO')
    return criteria.filter(({ key, tier }) => tier === 'must' && !isMet(key)).every(({ key }) => chosen[key] === 'go');
  return criteria.some(({ key, tier }) => tier !== 'nice' && against(chosen[key]) && isMet(key));
}

import type { Card } from '../../src/card.ts';
import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { person, text } from '../../src/text.ts';
import { type Action, menuCard } from '../menu/menu.ts';
import { isCanceller, mayCancel } from './cancelling.ts';
import { mayCloseEarly } from './closing.ts';
import { mayCorrect } from './correction.ts';
import { givenBy, mayName } from './deputies.ts';
import { mayExtend } from './extension.ts';
import { leads } from './leading.ts';
import { mayPrompt } from './nudging.ts';
import { turnoutIn } from './secret.ts';
import { maySee } from './sofar.ts';
import { baseOf, isOpen, ledBy, matterOf, missing, quorumNow, type Vote, type VoteFacts } from './state.ts';
import { mayWithdraw } from './withdrawal.ts';

/** A vote, who looks at it and when, and what is known. */
interface Looked {
  vote: Vote;
  moment: Moment;
  facts: VoteFacts;
}

/** Everything beside voting that is done with an open vote. What is new here is one entry more. */
const ACTIONS: readonly Action<Looked>[] = [
  {
    input: 'so-far',
    label: 'How it stands',
    does: () => text`Shows you the counts so far, without names.`,
    isTheirs: (of) => votes(of) && !of.vote.secret,
    when: ({ vote, moment, facts }) => maySee(vote, moment, facts),
  },
  {
    input: 'withdraw',
    label: 'Withdraw my ballot',
    does: () => text`Your ballot leaves the count and the turnout; you can vote again while the vote is open.`,
    isTheirs: (of) => votes(of),
    when: (of) => mayWithdrawOne(of),
  },
  {
    input: 'deputy',
    label: 'Name a deputy',
    does: () => text`Somebody casts your ballot in this vote if you do not.`,
    isTheirs: ({ vote, moment }) => baseOf(vote).includes(actor(moment)),
    when: ({ vote, moment, facts }) => mayName(vote, moment, facts),
  },
  {
    input: 'prompt',
    label: 'Nudge',
    does: ({ vote }) =>
      text`A direct message asks ${missing(vote).length === 1 ? 'the one member' : `the ${missing(vote).length} members`} without a ballot for it, at most once an hour.`,
    isTheirs: ({ vote, moment, facts }) => leads(vote, moment, facts.left),
    when: ({ vote, moment, facts }) => mayPrompt(vote, moment, facts.left),
  },
  {
    input: 'extend',
    label: 'Extend',
    does: () => text`Moves the deadline to a later moment, once and with a reason.`,
    isTheirs: ({ vote, moment, facts }) => leads(vote, moment, facts.left),
    when: ({ vote, moment, facts }) => mayExtend(vote, moment, facts.left),
  },
  {
    input: 'close',
    label: 'Close now',
    does: ({ vote }) => text`Counts the ${quorumNow(vote).present} ballots at once; the quorum stands.`,
    isTheirs: ({ vote, moment, facts }) => leads(vote, moment, facts.left),
    when: ({ vote, moment, facts }) => mayCloseEarly(vote, moment, facts.left),
  },
  {
    input: 'correct',
    label: 'Correct',
    does: () => text`Changes deadline, rule, quorum or openness, as long as nobody has acted on the vote.`,
    isTheirs: ({ vote, moment }) => vote.opened.by === actor(moment),
    when: ({ vote, moment }) => mayCorrect(vote, moment),
  },
  {
    input: 'cancel',
    label: 'Cancel the vote',
    style: 'danger',
    does: () => text`Ends the vote with a reason; nothing is decided then.`,
    isTheirs: ({ vote, moment }) => isCanceller(vote, moment),
    when: ({ vote, moment }) => mayCancel(vote, moment),
  },
];

/** What whoever asks may do with the vote now, shown to them alone. */
export function voteMenu(vote: Vote, moment: Moment, facts: VoteFacts, id: FlowId): Card | Refused {
  if (!isOpen(vote) || moment.at >= vote.deadline)
    return refused(text`This vote is over, so there is nothing to manage in it any more. Its result stands in its channel.`);
  const leader = ledBy(vote, facts.left);
  return (
    menuCard(text`Manage the vote: ${matterOf(vote)}`, id, ACTIONS, { vote, moment, facts }) ??
    refused(text`There is nothing in this vote that you could do: its members vote, and ${person(leader)} leads it.`)
  );
}

/** Their own ballot or somebody's whom they stand in for is theirs to give, or is in already. */
const votes = ({ vote, moment, facts }: Looked): boolean => ballotsOf({ vote, moment, facts }).length > 0;

const ballotsOf = ({ vote, moment, facts }: Looked) => [
  ...givenBy(vote, actor(moment), moment, facts),
  ...(vote.byDeputy ?? []).flatMap((one) => (one.deputy === actor(moment) ? [one.person] : [])),
];

/** Whichever of their ballots it is: the form asks which one. */
function mayWithdrawOne({ vote, moment, facts }: Looked): Refused | undefined {
  const barred = ballotsOf({ vote, moment, facts }).map((one) => mayWithdraw(vote, one, moment, turnoutIn(vote, one, facts)));
  return barred.includes(undefined) ? undefined : barred[0];
}

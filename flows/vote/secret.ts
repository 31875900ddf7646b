import { z } from 'zod';
import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import { type Opened, type Published, type PublishedReason, voiceOf } from '../../src/kept.ts';
import type { Need } from '../../src/need.ts';
import { minute, person, text } from '../../src/text.ts';
import type { CriteriaSet, Criterion } from '../criteria/go-no-go.ts';
import { against, type Choice, type Choices, tally } from '../rules/tally.ts';
import { allGo, ballotOf, choiceFields, mayVote } from './ballot.ts';
import { chosen, completes, dissents } from './closing.ts';
import { countRanking, ranksOf } from './ranking.ts';
import { evidenceHints } from './evidence.ts';
import { threadOf } from './thread.ts';
import { type Closing, criteriaOf, isOpen, matterOf, missing, quorumNow, type Vote, type VoteFacts } from './state.ts';

/** How long a reason on a secret ballot may be: every ballot takes the room that the longest could take. */
const LONGEST = 300;

/** What a step on a secret vote needs: the elector's own ballot, and all others where it may close. */
export function secretNeeds(vote: Vote, id: FlowId, input: string, elector: PersonId | undefined, by?: PersonId): readonly Need[] {
  const all: Need = { as: 'sealed', rows: 'unsealed', where: { vote: id, ...(elector ? { except: elector } : {}) } };
  const own: Need = { as: 'own', rows: 'unsealed', where: { vote: id, elector: elector ?? null, by: by ?? null } };
  if (input === 'close' || input === 'deadline') return [{ ...all, where: { vote: id } }];
  // The clock counts nothing here: it only has to know whether the vote can still be counted.
  if (input === 'nudge') return [{ ...all, where: { vote: id, readable: 1 } }];
  return completes(vote, elector) ? [own, all] : [own];
}

/** What may be known of an elector's ballot while the vote is open: that it is in, and who cast it. It stands where an open vote has the ballot itself. */
export function turnoutIn(vote: Vote, elector: PersonId, facts: VoteFacts): VoteFacts {
  const ballot = {
    vote: 'vote/0' as const,
    person: elector,
    cast_by: vote.byDeputy?.find((one) => one.person === elector)?.deputy ?? null,
    number: ownOf(facts)?.number ?? 0,
    choices: null,
    reasons: {},
    draft: null,
    draft_by: null,
    cast_at: vote.voted.includes(elector) ? vote.opened.at : null,
  };
  return { ...facts, mine: [ballot] };
}

/** It is open, and there are ballots in it that nobody can read any more: the database was restored without the key. */
export const isLost = (vote: Vote, { own = [], sealed = [] }: VoteFacts): boolean =>
  vote.secret === true && isOpen(vote) && [...own, ...sealed].some((one) => one.lost === true);

/** Such a vote cannot be counted, whatever happens: it ends at the next touch. */
export function endLost(vote: Vote, moment: Moment): Taken<Vote> {
  const reason =
    'Its ballots cannot be read any more: the database was restored or moved without the key of this vote. Nothing is decided; please open it again.';
  return {
    state: { ...vote, voted: [], cancelled: { at: moment.due ?? moment.at, reason } },
    say: text`This vote is cancelled. ${reason}`,
    keep: [{ kind: 'forget' }],
  };
}

/** One page, so that nothing is ever kept half filled. */
export function secretQuestion(vote: Vote, elector: PersonId, moment: Moment, given: VoteFacts): Question | Refused {
  const facts = turnoutIn(vote, elector, given);
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  const by = actor(moment);
  const kept = ownOf(facts);
  const isTheirs = vote.voted.includes(elector) && (ballotOf(elector, facts)?.cast_by ?? elector) === by;
  // Neither is shown what a deputy chose nor, to a deputy, what the member did.
  const own = isTheirs ? kept : undefined;
  const reasons = Object.fromEntries(Object.entries(own?.reasons ?? {}).map(([key, reason]) => [reasonKey(key), reason]));
  return {
    title: 'Your secret ballot',
    submit: 'Cast ballot',
    schema: secretForm(criteriaOf(vote)),
    intro: [
      text`${elector !== by && text`For ${person(elector)}, for whom you stand in. `}${matterOf(vote)}: go or no-go? All are set to go as a start; change what you see differently.`,
      SEALED,
      text`You ${vote.changes ? text`can change your ballot until the close, at the latest ${minute(vote.deadline)}` : text`cannot change your ballot once it is cast`}.${own?.choices && ` Your receipt is ${own.receipt}.`}`,
    ],
    hints: evidenceHints(vote.evidence),
    values: { ...allGo(criteriaOf(vote)), ...own?.choices, ...reasons },
    seen: kept?.number ?? 0,
    about: elector,
  };
}

/** Who can see what of a secret ballot, and what is not promised. */
export const SEALED = text`This is a secret vote. Everybody sees that you have voted; nobody is shown what. At the close all ballots are listed without names, each with a receipt that only its voter knows, and reasons without names. Not promised: whoever runs this server, or the messenger that carries this form, could look while the vote is open; your style may tell who wrote a reason; and where all choose alike, everybody knows.`;

/** Takes a secret ballot, whole or not at all. */
export function takeSecret(
  vote: Vote,
  elector: PersonId,
  said: Readonly<Record<string, string>>,
  seen: number | undefined,
  moment: Moment,
  given: VoteFacts,
): Refused | Taken<Vote> {
  const facts = turnoutIn(vote, elector, given);
  const by = actor(moment);
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  const set = criteriaOf(vote);
  const own = ownOf(facts);
  // At a field, so that the form stays open with what was typed.
  if (seen !== undefined && seen !== (own?.number ?? 0))
    return refused(
      text`Your ballot changed since this form was opened, so nothing was overwritten. Press Vote again.`,
      set.criteria[0]!.key,
    );
  const [lacking] = unexplained(set, said);
  if (lacking) return refused(words(lacking), reasonKey(lacking.key));
  const choices = Object.fromEntries(set.criteria.map(({ key }) => [key, said[key]!]));
  const reasons = Object.fromEntries(explainable(set).flatMap(({ key }) => (said[reasonKey(key)] ? [[key, said[reasonKey(key)]!]] : [])));
  const until = vote.changes && text` You can change it until ${minute(vote.deadline)}.`;
  return {
    state: sealedBy(vote, elector, by),
    say: text`The secret ballot is in.${until}`,
    receipt: voiceOf(elector, by),
    keep: [{ kind: 'seal', elector, by, choices, reasons, room: roomOf(set) }],
  };
}

/** The vote once a secret ballot is in. */
export function sealedBy(vote: Vote, elector: PersonId, by: PersonId): Vote {
  const others = vote.byDeputy?.filter((one) => one.person !== elector) ?? [];
  const byDeputy = by === elector ? others : [...others, { person: elector, deputy: by }];
  const voted = vote.voted.includes(elector) ? vote.voted : [...vote.voted, elector];
  return { ...vote, voted, ...(byDeputy.length > 0 || vote.byDeputy ? { byDeputy } : {}) };
}

/** After a ballot or a recusal: closes when nobody is left to wait for. */
export function closeSecretWhenAllVoted(taken: Refused | Taken<Vote>, moment: Moment, facts: VoteFacts): Refused | Taken<Vote> {
  if ('refused' in taken) return taken;
  const vote = taken.state;
  if (missing(vote).length > 0 || vote.voted.length === 0) return taken;
  const latest = taken.keep?.find((one) => one.kind === 'seal');
  const ballots = [...openedIn(facts), ...(latest ? [{ ...latest, receipt: ownOf(facts)?.receipt ?? '' }] : [])];
  const closed = closeSecret(vote, 'when all had voted', moment, ballots);
  return {
    ...taken,
    ...closed,
    keep: [...(taken.keep ?? []), ...(closed.keep ?? [])],
    say: latest ? text`The secret ballot is in. It was the last one, so the vote is closed.` : taken.say!,
  };
}

/** Closes a secret vote over its opened ballots. What is published is sorted, and tells nothing of who came when. */
export function closeSecret(vote: Vote, how: Closing['how'], moment: Moment, ballots: readonly Spoken[]): Taken<Vote> {
  const set = criteriaOf(vote);
  const { stands, ...quorum } = quorumNow(vote);
  const closed: Closing = {
    at: moment.at,
    ...(moment.due === undefined ? {} : { due: moment.due }),
    how,
    ...(moment.by && how === 'by the chair' ? { by: moment.by } : {}),
    outcome: 'NO QUORUM',
    quorum,
    counts: [],
    reasons: [],
    dissent: [],
  };
  // Fewer than three ballots would tell too much of each.
  if (!stands) return { state: { ...vote, closed }, keep: [{ kind: 'forget' }] };
  const sorted = ballots.toSorted((one, other) => compare(one.receipt, other.receipt));
  const all = sorted.map((ballot) => ballot.choices!);
  const { outcome, ...count } = vote.options ? countRanking(vote.options, all, undefined) : tally(set, vote.rule, all as Choices[]);
  const reasons = set.criteria.flatMap((criterion) => reasonsOn(criterion, sorted));
  const published: Published[] = sorted.map(({ receipt, choices }) => ({ receipt, choices: choices! }));
  const list = sorted.map(({ receipt, choices }): [string, string] => [
    receipt,
    vote.options ? ranksOf(vote.options, choices!) : lettersOf(set, choices as Choices),
  ]);
  const dissenting = sorted.filter(({ choices }) => dissents(vote, choices as Choices, outcome, count.counts)).length;
  return {
    state: chosen({ ...vote, closed: { ...closed, outcome, ...count, reasons, list, dissenting, ...threadOf(vote, { outcome }) } }),
    keep: [{ kind: 'publish', ballots: published, reasons }],
  };
}

/** What the count needs of an opened ballot. */
type Spoken = Pick<Opened, 'receipt' | 'choices' | 'reasons'>;

/** The ballots at the close, or all but the one that a step brings. */
export const openedIn = ({ sealed = [] }: VoteFacts): Opened[] => sealed.filter((one) => one.lost === undefined);

export const ownOf = ({ own = [] }: VoteFacts): Opened | undefined => own.find((one) => one.lost === undefined);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function reasonsOn({ key }: Criterion, ballots: readonly Spoken[]): (PublishedReason & { choice: Choice })[] {
  return ballots
    .flatMap(({ choices, reasons }) => {
      const choice = choices?.[key] as Choice | undefined;
      return choice && against(choice) && reasons[key] ? [{ criterion: key, choice, reason: reasons[key] }] : [];
    })
    .toSorted((one, other) => compare(one.reason, other.reason));
}

const LETTERS: Readonly<Record<Choice, string>> = { go: 'g', 'no-go': 'n', missing: 'm', 'not seen': 's', abstain: 'a' };
const CHOICES = Object.fromEntries(Object.entries(LETTERS).map(([choice, letter]) => [letter, choice])) as Record<string, Choice>;

/** A ballot as one letter a criterion, so that five hundred of them are short. */
const lettersOf = ({ criteria }: CriteriaSet, choices: Choices): string => criteria.map(({ key }) => LETTERS[choices[key]!]).join('');

/** `go, but no-go on 3; missing 7, 9`, by the numbers of the criteria. */
export function ballotLine(letters: string): string {
  const on = (letter: string) => [...letters].flatMap((one, index) => (one === letter ? [index + 1] : []));
  const parts = ['n', 'm', 's', 'a'].flatMap((letter) => (on(letter).length > 0 ? [`${CHOICES[letter]} on ${spans(on(letter))}`] : []));
  const isGo = letters.includes('g');
  if (parts.length === 0) return 'go on all';
  return `${isGo ? 'go, but ' : ''}${parts.join('; ')}`;
}

/** `1 to 5, 7, 8`: three in a row and more are told by the first and the last. */
function spans(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const one of numbers) {
    const last = runs.at(-1);
    if (last?.at(-1) === one - 1) last.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]} to ${run.at(-1)}` : run.join(', '))).join(', ');
}

const reasonKey = (key: string): string => `reason-${key}`;

const explainable = ({ criteria }: CriteriaSet): readonly Criterion[] => criteria.filter(({ tier }) => tier !== 'nice');

/** What is against and has no reason yet. */
const unexplained = (set: CriteriaSet, said: Readonly<Record<string, unknown>>): readonly Criterion[] =>
  explainable(set).filter(({ key }) => against(said[key] as Choice) && !said[reasonKey(key)]);

const words = ({ tier }: Criterion) =>
  text`A reason for the ${tier === 'must' ? 'no-go' : 'missing'}, please, like “The error rate doubled in May”.`;

/** Bytes that each ballot of the vote takes: room for the longest, each character of which takes two. */
const roomOf = (set: CriteriaSet): number =>
  4096 * Math.ceil((256 + set.criteria.length * 256 + explainable(set).length * (LONGEST * 2 + 64)) / 4096);

const forms = new Map<string, z.ZodObject>();

function secretForm(set: CriteriaSet): z.ZodObject {
  const id = JSON.stringify(set.criteria);
  let schema = forms.get(id);
  if (!schema) {
    const group = `Reasons, shown without a name: for each no-go and each missing. At most ${LONGEST} characters each.`;
    const reasons = explainable(set).map(({ key, tier, text: title }) => [
      reasonKey(key),
      z
        .string()
        .max(LONGEST)
        .meta({ title: `${title}: why ${tier === 'must' ? 'no-go' : 'missing'}?`, kind: 'lines', group })
        .optional(),
    ]);
    schema = z.object({ ...choiceFields(set, HINTS), ...Object.fromEntries(reasons) }).superRefine((said, context) => {
      for (const one of unexplained(set, said)) {
        const [span] = words(one);
        context.addIssue({ code: 'custom', path: [reasonKey(one.key)], message: span && 'text' in span ? span.text : '' });
      }
    });
    if (forms.size > 100) forms.clear();
    forms.set(id, schema);
  }
  return schema;
}

const HINTS: Readonly<Record<Criterion['tier'], string>> = {
  must: 'A no-go asks for a reason below.',
  should: 'What is missing asks for a reason below.',
  nice: 'Recorded, never blocks.',
};

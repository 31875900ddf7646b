import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Ballot } from '../../src/kept.ts';
import { minute, people, person, type Text, text, typed } from '../../src/text.ts';
import { type CriteriaSet, type Criterion, TIERS } from '../criteria/go-no-go.ts';
import { evidenceHints } from './evidence.ts';
import { against, type Choice, type Choices } from '../rules/tally.ts';
import { givenBy, mayStandIn } from './deputies.ts';
import { rankedText } from './ranking.ts';
import { criteriaOf, isOpen, isRecused, matterOf, type Vote, type VoteFacts } from './state.ts';

const CHOICES: Record<Criterion['tier'], Partial<Record<Choice, string>>> = {
  must: { go: 'Go', 'no-go': 'No-go', abstain: 'Abstain' },
  should: { go: 'Go', missing: 'Missing', abstain: 'Abstain' },
  nice: { go: 'Go', 'not seen': 'Not seen', abstain: 'Abstain' },
};

const HINTS: Record<Criterion['tier'], string> = {
  must: 'A no-go asks for a reason on the next page.',
  should: 'What is missing asks for a reason on the next page.',
  nice: 'Recorded, never blocks.',
};

/** Every ballot is one elector's: theirs whom the button's address names, or else of whoever acts. */
export const electorMeant = (about: string | undefined, by: PersonId): PersonId =>
  about?.startsWith('person/') ? (about as PersonId) : by;

/** The ballots that a press may mean: without an address, all that whoever acts has to give. */
export function ballotsMeant(vote: Vote, about: string | undefined, moment: Moment, facts: VoteFacts): readonly PersonId[] {
  const by = actor(moment);
  const theirs = about ? [] : givenBy(vote, by, moment, facts);
  return theirs.length > 0 ? theirs : [electorMeant(about, by)];
}

/** The ballot of an elector as it is kept. */
export const ballotOf = (elector: PersonId, { mine }: Pick<VoteFacts, 'mine'>): Ballot | undefined =>
  mine?.find(({ person: whose }) => whose === elector);

/** Page one: every criterion, with "go" or what stands as a start. */
export function ballotQuestion(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Question | Refused {
  const ballot = ballotOf(elector, facts);
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  return {
    title: 'Your ballot',
    submit: 'Cast ballot',
    schema: choicesOf(criteriaOf(vote)),
    intro: [
      text`${matterOf(vote)}: go or no-go? All are set to go as a start; change what you see differently.`,
      ...(elector === moment.by ? [] : [text`You vote for ${person(elector)}, as their deputy. The record says so.`]),
      text`This is an open vote: what you choose is on record with ${elector === moment.by ? 'your name' : 'both your names'}, and when the vote closes the reasons are shown with it. Until then nobody sees who chose what; members whose ballot is in may see the counts so far, without names. You ${vote.changes ? text`can change the ballot until the close, at the latest ${minute(vote.deadline)}` : text`cannot change the ballot once it is cast`}.`,
    ],
    hints: evidenceHints(vote.evidence),
    values: { ...allGo(criteriaOf(vote)), ...(draftIn(ballot, moment) ?? (isTheirs(ballot, elector, moment) ? ballot?.choices : {})) },
    seen: ballot?.number ?? 0,
    about: elector,
  };
}

/** Page two: a reason for each no-go and each missing should-have of the draft. */
export function reasonsQuestion(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Question | Refused {
  const ballot = ballotOf(elector, facts);
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  const asked = reasonsAsked(criteriaOf(vote), draftIn(ballot, moment) ?? {});
  if (!ballot || asked.length === 0) return refused(text`There is nothing left to give a reason for. ${standing(vote, elector, ballot)}`);
  return {
    title: 'Your reasons',
    submit: 'Cast ballot',
    schema: reasonsOf(asked),
    intro: [text`Your ballot counts once each of these has its reason.`],
    values: isTheirs(ballot, elector, moment) ? Object.fromEntries(asked.map(({ key }) => [key, ballot.reasons[key]])) : {},
    seen: ballot.number,
    about: elector,
  };
}

/** Takes page one. Without anything to explain the ballot is cast; else it waits as a draft and what was cast before stands. */
export function takeChoices(
  vote: Vote,
  elector: PersonId,
  choices: Choices,
  seen: number | undefined,
  moment: Moment,
  facts: VoteFacts,
): Refused | Taken<Vote> {
  const ballot = ballotOf(elector, facts);
  const barred = mayVote(vote, elector, moment, facts) ?? outdated(vote, elector, ballot, seen, moment);
  if (barred) return barred;
  if (reasonsAsked(criteriaOf(vote), choices).length === 0) return cast(vote, elector, choices, {}, ballot, moment);
  const kept = {
    person: elector,
    cast_by: ballot?.cast_by ?? null,
    choices: ballot?.choices ?? null,
    reasons: ballot?.reasons ?? {},
    draft: choices,
    draft_by: actor(moment),
    cast_at: ballot?.cast_at ?? null,
  };
  return {
    state: vote,
    next: elector === actor(moment) ? 'reasons' : { input: 'reasons', about: elector },
    say: text`Not counted yet: a reason is missing. Press Vote to go on.`,
    keep: [{ kind: 'ballot', row: kept }],
  };
}

/** Takes page two: the draft is cast with its reasons. */
export function takeReasons(
  vote: Vote,
  elector: PersonId,
  reasons: Readonly<Record<string, string>>,
  seen: number | undefined,
  moment: Moment,
  facts: VoteFacts,
): Refused | Taken<Vote> {
  const ballot = ballotOf(elector, facts);
  const barred = mayVote(vote, elector, moment, facts) ?? outdated(vote, elector, ballot, seen, moment);
  if (barred) return barred;
  const draft = draftIn(ballot, moment);
  if (!draft) return refused(text`There is nothing left to give a reason for. ${standing(vote, elector, ballot)}`);
  return cast(vote, elector, draft, reasons, ballot, moment);
}

/** The ballot counts from now on; `before` is how it was kept until then. */
export function cast(
  vote: Vote,
  elector: PersonId,
  choices: Readonly<Record<string, string>>,
  reasons: Readonly<Record<string, string>>,
  before: Ballot | undefined,
  moment: Moment,
): Taken<Vote> {
  // What the member began is still theirs to go on with when their deputy casts.
  const begun = before?.draft && before.draft_by !== moment.by && before.draft_by === elector ? before : undefined;
  const draft = { draft: begun?.draft ?? null, draft_by: begun?.draft_by ?? null };
  const kept = { person: elector, cast_by: castBy(elector, moment), choices, reasons, ...draft, cast_at: moment.at };
  const until = vote.changes && text`; you can change it until ${minute(vote.deadline)}`;
  return {
    state: votedBy(vote, elector, kept.cast_by),
    say: text`Counted${kept.cast_by && text` for ${person(elector)}`}: ${countedIn(vote, choices)}${until}.`,
    keep: [{ kind: 'ballot', row: kept }],
  };
}

/** The vote once a ballot is in. */
function votedBy(vote: Vote, elector: PersonId, deputy: PersonId | null): Vote {
  const known = vote.byDeputy?.find((one) => one.person === elector)?.deputy ?? null;
  if (vote.voted.includes(elector) && known === deputy) return vote;
  const others = vote.byDeputy?.filter((one) => one.person !== elector) ?? [];
  return {
    ...vote,
    voted: vote.voted.includes(elector) ? vote.voted : [...vote.voted, elector],
    ...(deputy ? { byDeputy: [...others, { person: elector, deputy }] } : vote.byDeputy ? { byDeputy: others } : {}),
  };
}

const castBy = (elector: PersonId, moment: Moment): PersonId | null => (moment.by && moment.by !== elector ? moment.by : null);

/** A draft is shown to whoever began it, and to nobody else: neither the member's to their deputy nor the other way round. */
const draftIn = (ballot: Ballot | undefined, { by }: Moment): Choices | undefined =>
  ballot?.draft && ballot.draft_by === by ? (ballot.draft as Choices) : undefined;

/** The member is shown what counts for them, whoever cast it; a deputy only what they cast themselves. */
const isTheirs = (ballot: Ballot | undefined, elector: PersonId, { by }: Moment): boolean => by === elector || ballot?.cast_by === by;

/** Why whoever acts cannot give this elector's ballot now; undefined when they can. A ballot counts when it was received before the deadline. */
export function mayVote(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Refused | undefined {
  const by = actor(moment);
  const ballot = ballotOf(elector, facts);
  if (vote.cancelled) return refused(text`This vote was cancelled ${minute(vote.cancelled.at)}. ${standing(vote, elector, ballot)}`);
  if (!isOpen(vote) || moment.at >= vote.deadline)
    return refused(
      text`This vote closed ${minute(vote.closed?.due ?? vote.closed?.at ?? vote.deadline)}. ${standing(vote, elector, ballot)}`,
    );
  if (!vote.electors.includes(elector))
    return refused(
      text`Only the members of ${typed(vote.body.name)} and their deputies vote here: ${people(vote.electors.slice(0, 20))}${vote.electors.length > 20 && ' and others'}. A change of members holds for the next vote; please ask ${person(vote.chair)}.`,
    );
  const outside = outsider(vote, facts);
  if (outside) return outside;
  if (isRecused(vote, by)) return refused(text`You recused yourself from this vote, so you cast no ballot in it.`);
  if (by !== elector) {
    const barredDeputy = mayStandIn(vote, elector, moment, facts);
    if (barredDeputy) return barredDeputy;
    if (isRecused(vote, elector))
      return refused(text`${person(elector)} recused themselves from this vote, so there is no ballot to cast for them.`);
    if (ballot?.cast_at && ballot.cast_by === null) return refused(text`${person(elector)} has voted themselves, and that stands.`);
  }
  if (!vote.changes && ballot?.cast_at && (ballot.cast_by === null || by !== elector))
    return refused(text`Ballots of this vote cannot be changed. ${standing(vote, elector, ballot)}`);
  return undefined;
}

/** Guests and those who have left cast no ballot, not even where they were members when the vote opened. */
function outsider(vote: Vote, { acting = [] }: VoteFacts): Refused | undefined {
  const [who] = acting;
  if (who?.active === 0) return refused(text`You are not an active member here any more, so no ballot is taken from you.`);
  if (who?.guest === 1) return refused(text`You are a guest here, and guests cast no ballots. Please ask ${person(vote.chair)}.`);
  return undefined;
}

/** A form that was opened on an older ballot overwrites nothing. */
export function outdated(
  vote: Vote,
  elector: PersonId,
  ballot: Ballot | undefined,
  seen: number | undefined,
  moment: Moment,
): Refused | undefined {
  if (seen === undefined || seen === (ballot?.number ?? 0)) return undefined;
  // Since then somebody else has begun a draft, which nobody but they can see, and nothing counts yet.
  if (seen === 0 && ballot?.draft && !ballot.choices && ballot.draft_by !== moment.by) return undefined;
  if (ballot?.draft && !ballot.choices && ballot.draft_by === moment.by)
    return refused(text`What you chose in another form since then waits for its reasons, so nothing was overwritten. Press Vote to go on.`);
  return refused(
    text`This form was opened before your ballot last changed, so nothing was overwritten. ${standing(vote, elector, ballot)} Press Vote to ${ballot?.choices ? 'change it' : 'cast one'}.`,
  );
}

function standing(vote: Vote, elector: PersonId, ballot: Ballot | undefined): Text {
  if (vote.secret) return text`${vote.voted.includes(elector) ? 'Your ballot is in it.' : 'You have no ballot in it.'}`;
  if (!ballot?.choices) return text`You have no ballot in it.`;
  const wasCounted = vote.closed && vote.voted.includes(ballot.person);
  return text`Your ballot stands at ${countedIn(vote, ballot.choices)}${wasCounted && ' and was counted'}.`;
}

/** What a ballot says, in short: `13 go, 2 no-go`, or the initiatives by rank. */
export const countedIn = ({ options }: Vote, choices: Readonly<Record<string, string>>): Text =>
  options ? rankedText(options, choices) : text`${counted(choices as Choices)}`;

/** `13 go, 2 no-go`. */
function counted(choices: Choices): string {
  const all = Object.values(choices);
  const parts = (['go', 'no-go', 'missing', 'not seen', 'abstain'] as const).map(
    (choice) => [all.filter((one) => one === choice).length, choice] as const,
  );
  return parts
    .filter(([count, choice]) => count > 0 || choice === 'go')
    .map(([count, choice]) => `${count} ${choice}`)
    .join(', ');
}

export const allGo = (set: CriteriaSet): Choices => Object.fromEntries(set.criteria.map(({ key }) => [key, 'go']));

/** What is nice to have never blocks, so nobody has to explain it. */
const reasonsAsked = (set: CriteriaSet, choices: Choices): readonly Criterion[] =>
  set.criteria.filter(({ key, tier }) => tier !== 'nice' && against(choices[key]));

const choiceForms = new Map<string, z.ZodObject>();

function choicesOf({ criteria }: CriteriaSet): z.ZodObject {
  // Two workspaces may call different sets the same.
  const id = JSON.stringify(criteria);
  let schema = choiceForms.get(id);
  if (!schema) {
    schema = z.object(choiceFields({ criteria }, HINTS));
    if (choiceForms.size > 100) choiceForms.clear();
    choiceForms.set(id, schema);
  }
  return schema;
}

/** One field a criterion, with what it may be answered. */
export const choiceFields = ({ criteria }: Pick<CriteriaSet, 'criteria'>, hints: Readonly<Record<Criterion['tier'], string>>) =>
  Object.fromEntries(
    criteria.map(({ key, tier, text: title }) => [
      key,
      field.choice(title, CHOICES[tier] as Record<string, string>, { group: `${TIERS[tier]}. ${hints[tier]}` }),
    ]),
  );

const reasonForms = new Map<string, z.ZodObject>();

function reasonsOf(asked: readonly Criterion[]): z.ZodObject {
  const id = JSON.stringify(asked);
  let schema = reasonForms.get(id);
  if (!schema) {
    schema = z.object(
      Object.fromEntries(
        asked.map(({ key, tier, text: title }) => [key, field.lines(`${title}: why ${tier === 'must' ? 'no-go' : 'missing'}?`)]),
      ),
    );
    if (reasonForms.size > 1000) reasonForms.clear();
    reasonForms.set(id, schema);
  }
  return schema;
}

import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { voiceOf } from '../../src/kept.ts';
import { minute, person, type Text, text } from '../../src/text.ts';
import { ballotOf, cast, mayVote, outdated } from './ballot.ts';
import { knownText, type Option, preferencesOf, UNRANKED } from './ranking.ts';
import { ownOf, sealedBy, SEALED, turnoutIn } from './secret.ts';
import { matterOf, type Vote, type VoteFacts } from './state.ts';

/** One page: a rank for each initiative. Nothing is ranked as a start, so that nobody's first choice is suggested. */
export function rankingBallot(vote: Vote, elector: PersonId, moment: Moment, given: VoteFacts): Question | Refused {
  const facts = vote.secret ? turnoutIn(vote, elector, given) : given;
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  const options = vote.options!;
  const by = actor(moment);
  const kept = vote.secret ? ownOf(facts) : ballotOf(elector, facts);
  const isTheirs = vote.secret
    ? vote.voted.includes(elector) && (ballotOf(elector, facts)?.cast_by ?? elector) === by
    : by === elector || ballotOf(elector, facts)?.cast_by === by;
  const choices = isTheirs ? kept?.choices : undefined;
  return {
    title: vote.secret ? 'Your secret ballot' : 'Your ballot',
    submit: 'Cast ballot',
    schema: rankingForm(options),
    intro: [
      text`${matterOf(vote)}: rank as many as you like, 1 being your first choice. Your ballot counts for the highest of those that are left in the count.`,
      ...(elector === by ? [] : [text`You vote for ${person(elector)}, as their deputy. The record says so.`]),
      vote.secret ? SEALED : openText(elector, by),
      text`You ${vote.changes ? text`can change the ballot until the close, at the latest ${minute(vote.deadline)}` : text`cannot change the ballot once it is cast`}.${choices && vote.secret && ` Your receipt is ${ownOf(facts)!.receipt}.`}`,
    ],
    hints: Object.fromEntries(options.map((one) => [one.id, knownText(one) || undefined])),
    values: {
      ...Object.fromEntries(options.map(({ id }) => [id, UNRANKED])),
      ...choices,
      abstain: !!choices && isAbstaining(options, choices),
    },
    seen: kept?.number ?? 0,
    about: elector,
  };
}

const openText = (elector: PersonId, by: PersonId): Text =>
  text`This is an open vote: your ranking is on record with ${elector === by ? 'your name' : 'both your names'}. Until the close nobody sees who ranked what; members whose ballot is in may see the first preferences so far, without names.`;

/** Takes a ballot of an open vote or of a secret one. */
export function takeRanking(
  vote: Vote,
  elector: PersonId,
  said: Readonly<Record<string, unknown>>,
  seen: number | undefined,
  moment: Moment,
  given: VoteFacts,
): Refused | Taken<Vote> {
  const facts = vote.secret ? turnoutIn(vote, elector, given) : given;
  const barred = mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  const options = vote.options!;
  const choices = choicesIn(options, said);
  if (!vote.secret) {
    const ballot = ballotOf(elector, facts);
    return outdated(vote, elector, ballot, seen, moment) ?? cast(vote, elector, choices, {}, ballot, moment);
  }
  // At a field, so that the form stays open with what was chosen.
  if (seen !== undefined && seen !== (ownOf(facts)?.number ?? 0))
    return refused(text`Your ballot changed since this form was opened, so nothing was overwritten. Press Vote again.`, options[0]!.id);
  const by = actor(moment);
  return {
    state: sealedBy(vote, elector, by),
    say: text`The secret ballot is in.${vote.changes && text` You can change it until ${minute(vote.deadline)}.`}`,
    receipt: voiceOf(elector, by),
    keep: [{ kind: 'seal', elector, by, choices, reasons: {}, room: ROOM }],
  };
}

/** Bytes that each ballot takes: room for eight ranks. */
const ROOM = 4096;

/** The ranks without gaps: 1, 2, 3. */
function choicesIn(options: readonly Option[], said: Readonly<Record<string, unknown>>): Record<string, string> {
  const raw = Object.fromEntries(options.map(({ id }) => [id, String(said[id] ?? UNRANKED)]));
  const ranked = preferencesOf(options, raw);
  return Object.fromEntries(options.map(({ id }) => [id, ranked.includes(id) ? String(ranked.indexOf(id) + 1) : UNRANKED]));
}

const isAbstaining = (options: readonly Option[], choices: Readonly<Record<string, string>>): boolean =>
  preferencesOf(options, choices).length === 0;

const forms = new Map<string, z.ZodObject>();

function rankingForm(options: readonly Option[]): z.ZodObject {
  const id = JSON.stringify(options.map(({ id: option, name }) => [option, name]));
  let schema = forms.get(id);
  if (!schema) {
    schema = z
      .object({
        ...Object.fromEntries(options.map(({ id: option, name }) => [option, rankField(name, options.length)])),
        abstain: field.check('I abstain: I rank none of them', { hint: 'Counts for the quorum, and for no initiative.' }),
      })
      .superRefine((said, context) => {
        for (const { path, message } of mistakes(options, said)) context.addIssue({ code: 'custom', path: [path], message });
      });
    if (forms.size > 100) forms.clear();
    forms.set(id, schema);
  }
  return schema;
}

function rankField(name: string, many: number) {
  const ranks = Array.from({ length: many - 1 }, (_, index) => String(index + 2));
  return z.enum(['1', ...ranks, UNRANKED]).meta({
    title: name,
    kind: 'choice',
    labels: { 1: '1, my first choice', [UNRANKED]: 'Not ranked' },
  });
}

/** What cannot be counted as it stands, at the field where it shows. */
function mistakes(options: readonly Option[], said: Readonly<Record<string, unknown>>): { path: string; message: string }[] {
  const ranked = options.filter(({ id }) => said[id] !== UNRANKED);
  if (ranked.length === 0)
    return said['abstain'] === true
      ? []
      : [{ path: options[0]!.id, message: 'Rank one at least, like 1 for your first choice, or tick below that you abstain.' }];
  if (said['abstain'] === true)
    return [
      { path: 'abstain', message: 'You ranked some of them, so you do not abstain: take this tick away, or choose “Not ranked” for each.' },
    ];
  return ranked.flatMap(({ id }, index) => {
    const twin = ranked.slice(0, index).find((one) => said[one.id] === said[id]);
    return twin
      ? [{ path: id, message: `“${twin.name}” has rank ${String(said[id])} already. Give each its own rank, or choose “Not ranked”.` }]
      : [];
  });
}

import { z } from 'zod';
import { button, type Card, note, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Surface, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import { list, minute, person, type Text, text, typed } from '../../src/text.ts';
import { outsideUnfit } from '../rules/fit.ts';
import { isOpen, isRecused, matterOf, type Standing, type Vote, type VoteFacts } from './state.ts';

/** Who votes for this member at this moment: whom they named for this vote, or else for a time that has begun and not ended. */
export function deputyOf(vote: Vote, elector: PersonId, { at }: Pick<Moment, 'at'>, { deputies = [] }: VoteFacts): PersonId | undefined {
  const named = vote.deputies?.find((one) => one.person === elector);
  if (named) return named.deputy;
  return deputies.find(
    ({ person: who, from_at, until_at }) => who === elector && from_at !== null && until_at !== null && from_at <= at && at < until_at,
  )?.deputy;
}

/** Who is to be asked for a ballot that is missing: the member, and who stands in for them. */
export const voicesOf = (vote: Vote, elector: PersonId, moment: Pick<Moment, 'at'>, facts: VoteFacts): readonly PersonId[] => {
  const deputy = deputyOf(vote, elector, moment, facts);
  return deputy && !isRecused(vote, deputy) ? [elector, deputy] : [elector];
};

/** Whose ballots somebody may give: their own first, then those of the members they stand in for. */
export function givenBy(vote: Vote, by: PersonId, moment: Pick<Moment, 'at'>, facts: VoteFacts): readonly PersonId[] {
  if (isRecused(vote, by)) return [];
  const rows = [...(vote.deputies ?? []), ...(facts.deputies ?? [])];
  // Of a committee of five hundred few have a deputy at all.
  const perhaps = new Set(rows.filter((one) => one.deputy === by && one.person !== by).map((one) => one.person));
  const others = vote.electors.filter((one) => perhaps.has(one) && !isRecused(vote, one) && deputyOf(vote, one, moment, facts) === by);
  return vote.electors.includes(by) ? [by, ...others] : others;
}

/** Why somebody who is not the elector may not give their ballot; undefined when they may. */
export function mayStandIn(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Refused | undefined {
  const by = actor(moment);
  const deputy = deputyOf(vote, elector, moment, facts);
  if (deputy === by) return undefined;
  if (deputy && deputyOf(vote, deputy, moment, facts) === by)
    return refused(
      text`You stand in for ${person(deputy)}, who stands in for ${person(elector)}: a deputy cannot pass a ballot on, so ${person(elector)} or ${person(deputy)} casts it.`,
    );
  return refused(text`Only ${person(elector)}${deputy && text` or their deputy ${person(deputy)}`} casts this ballot.`);
}

const naming = z.object({
  deputy: field
    .person('Who votes for you?', {
      hint: 'In this vote alone. Leave it empty to have no deputy in it any more. You can always vote yourself.',
    })
    .optional(),
});

/** Names a deputy for this vote, or takes that back. */
export function deputyQuestion(vote: Vote, moment: Moment, facts: VoteFacts): Question | Refused {
  const named = vote.deputies?.find((one) => one.person === moment.by);
  return (
    mayName(vote, moment, facts) ?? {
      title: 'Name a deputy',
      submit: 'Save',
      schema: naming,
      intro: [
        text`Your deputy casts your ballot if you do not, and the record says who did. Yours goes before theirs. A deputy cannot pass it on.`,
        ...(named ? [text`Your deputy in this vote is ${person(named.deputy)}.`] : []),
      ],
      values: { deputy: named?.deputy },
    }
  );
}

export function nameDeputy(vote: Vote, deputy: PersonId | undefined, moment: Moment, facts: VoteFacts): Refused | Taken<Vote> {
  const by = actor(moment);
  const others = vote.deputies?.filter((one) => one.person !== by) ?? [];
  const barred = mayName(vote, moment, facts) ?? (deputy && unfitDeputy(vote, deputy, moment, facts));
  if (barred) return barred;
  if (!deputy) {
    const hasOne = others.length < (vote.deputies?.length ?? 0);
    return {
      state: hasOne ? { ...vote, deputies: others } : vote,
      say: hasOne ? text`You have no deputy in this vote any more.` : text`You named no deputy in this vote.`,
    };
  }
  return {
    state: { ...vote, deputies: [...others, { person: by, deputy }] },
    say: text`${person(deputy)} may cast your ballot now. Yours goes before theirs.`,
  };
}

export function mayName(vote: Vote, moment: Moment, facts: VoteFacts): Refused | undefined {
  const by = actor(moment);
  if (!isOpen(vote) || moment.at >= vote.deadline)
    return refused(text`This vote is over, so nobody can stand in for anybody in it any more.`);
  const stoodInFor = givenBy(vote, by, moment, facts).find((one) => one !== by);
  if (stoodInFor)
    return refused(text`You stand in for ${person(stoodInFor)}, so you cannot name a deputy yourself: a ballot is passed on once only.`);
  if (!vote.electors.includes(by)) return refused(text`Only the members of ${typed(vote.body.name)} can name a deputy.`);
  if (isRecused(vote, by)) return refused(text`You recused yourself from this vote, so nobody can stand in for you.`);
  if (vote.voted.includes(by) && !vote.byDeputy?.some((one) => one.person === by))
    return refused(text`Your ballot is in, so there is nothing left for a deputy to do.`);
  return undefined;
}

function unfitDeputy(vote: Vote, deputy: PersonId, moment: Moment, facts: VoteFacts): Refused | undefined {
  if (deputy === moment.by) return refused(text`You cannot stand in for yourself. Choose somebody else, please.`, 'deputy');
  if (isRecused(vote, deputy)) return refused(text`That person recused themselves from this vote. Choose somebody else, please.`, 'deputy');
  if (vote.electors.includes(deputy) && deputyOf(vote, deputy, moment, facts))
    return refused(
      text`That person has named a deputy of their own, and a ballot is passed on once only. Choose somebody else, please.`,
      'deputy',
    );
  return outsideUnfit(deputy, facts, 'deputy');
}

/** Where several ballots are somebody's to give, they choose first. */
export function whoseQuestion(whose: readonly PersonId[], by: PersonId, { deputies = [] }: VoteFacts): Question {
  const nameOf = (one: PersonId) => deputies.find((row) => row.person === one)?.name;
  return {
    title: 'Whose ballot?',
    submit: 'Go on',
    schema: z.object({
      whose: field.choice('Whose ballot?', Object.fromEntries(whose.map((one) => [one, one === by ? 'My own' : (nameOf(one) ?? one)]))),
    }),
    values: { whose: whose[0] },
  };
}

/** A direct message to each deputy of this vote while it is open, as long as the member is not recused. */
export const deputySurfaces = (vote: Vote, id: FlowId): readonly Surface[] =>
  (vote.deputies ?? [])
    .filter((one) => !isRecused(vote, one.person))
    .map((one) => ({ key: `deputy ${one.deputy} of ${one.person}`, to: one.deputy, brief: true, card: deputyCard(vote, id, one) }));

/** What a deputy may do, or what the member or another deputy did meanwhile. */
function deputyCard(vote: Vote, id: FlowId, { person: member, deputy }: Standing): Card {
  const title = text`You stand in for ${person(member)}`;
  const cast = vote.byDeputy?.find((one) => one.person === member);
  const press = button('Vote', id, 'ballot', { style: 'primary', about: member });
  if (!vote.voted.includes(member))
    return {
      title,
      parts: [
        said(
          text`${typed(vote.body.name)} decides on ${matterOf(vote)}. You may cast the ballot of ${person(member)} until ${minute(vote.deadline)}.`,
        ),
        note(text`You get this because ${person(member)} named you as deputy for this vote. Their own ballot goes before yours.`),
      ],
      buttons: [press],
    };
  if (cast?.deputy !== deputy)
    return {
      title,
      parts: [
        said(
          text`The ballot of ${person(member)} on ${matterOf(vote)} is in, cast by ${cast ? person(cast.deputy) : 'themselves'}: there is nothing left for you to do.`,
        ),
      ],
    };
  return {
    title,
    parts: [
      said(
        text`You cast the ballot of ${person(member)} on ${matterOf(vote)}.${vote.changes && text` You can change it until ${minute(vote.deadline)}, unless they give one of their own.`}`,
      ),
    ],
    ...(vote.changes ? { buttons: [press] } : {}),
  };
}

/** `Member 2 (by Member 5 as deputy), Member 3`. */
export const votedText = (voted: readonly PersonId[], byDeputy: readonly Standing[] = []): Text =>
  list(voted.map((one) => withDeputy(one, byDeputy)));

export function withDeputy(one: PersonId, byDeputy: readonly Standing[] = []): Text {
  const cast = byDeputy.find((by) => by.person === one);
  return cast ? text`${person(one)} (by ${person(cast.deputy)} as deputy)` : text`${person(one)}`;
}

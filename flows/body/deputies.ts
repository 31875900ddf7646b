import { z } from 'zod';
import { button, note, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Surface, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { instantIn } from '../../src/zone.ts';
import { dayIn, dueUnfit, type Left, outsideUnfit } from '../rules/fit.ts';
import { dateOf, dayOf } from '../rules/day.ts';
import type { Body } from './body.ts';

/** A deputy for a time: from the first moment of a day until the end of another, in the member's zone, as epoch milliseconds. */
export interface Deputyship {
  person: PersonId;
  deputy: PersonId;
  from: number;
  /** It ends before this moment. */
  until: number;
}

/** For how many days ahead a deputy can be named. */
const LONGEST = 365;

const naming = z.object({
  deputy: field.person('Who votes for you?', { hint: 'In every vote of the committee in that time. You can always vote yourself.' }),
  from: field.date('From', { hint: 'The first day.' }),
  until: field.date('Until', { hint: 'The last day.' }),
});
export type Naming = z.infer<typeof naming>;

export function deputyQuestion(body: Body, moment: Moment): Question | Refused {
  const mine = currentOf(body, moment);
  return (
    mayName(body, moment) ?? {
      title: 'Name a deputy',
      submit: 'Save',
      schema: naming,
      intro: [
        text`For votes of ${typed(body.name)}. Your deputy casts your ballot if you do not, and the record says who did. A deputy cannot pass it on.`,
        ...(mine ? [text`${person(mine.deputy)} is your deputy until ${minute(mine.until)}; what you save takes its place.`] : []),
      ],
      values: { deputy: mine?.deputy, from: dayIn(0, moment), until: dayIn(14, moment) },
    }
  );
}

/** One deputy per member at a time: a new one takes the place of the one before. What was cast stays. */
export function nameDeputy(
  body: Body,
  { deputy, from, until }: Naming,
  moment: Moment,
  outside: { left?: Left; guests?: Left },
): Refused | Taken<Body> {
  const by = actor(moment);
  const barred = mayName(body, moment) ?? dueUnfit(from, LONGEST, moment, 'from') ?? dueUnfit(until, LONGEST, moment, 'until');
  if (barred) return barred;
  if (until < from) return refused(text`The last day comes before the first. Choose ${from} or a later day.`, 'until');
  const named: Deputyship = {
    person: by,
    deputy,
    from: instantIn(moment.zone, from, '00:00'),
    until: instantIn(moment.zone, dateOf(dayOf(until) + 1), '00:00'),
  };
  const others = alive(body, moment).filter((one) => one.person !== by);
  const unfit = unfitDeputy(named, others) ?? outsideUnfit(deputy, outside, 'deputy');
  if (unfit) return unfit;
  return {
    state: { ...body, deputies: [...others, named] },
    say: text`${person(deputy)} may vote for you in ${typed(body.name)} from ${minute(named.from)} until ${minute(named.until)}. Your own ballot always goes first.`,
  };
}

/** Ends the deputyship of whoever acts. */
export function endDeputy(body: Body, moment: Moment): Refused | Taken<Body> {
  const mine = currentOf(body, moment);
  if (!mine) return refused(text`You have no deputy in ${typed(body.name)}. To name one: /offshoot deputy`);
  return {
    state: { ...body, deputies: alive(body, moment).filter((one) => one.person !== mine.person) },
    say: text`${person(mine.deputy)} is no longer your deputy. What they cast for you stays until you change it.`,
  };
}

/** Tells each deputy that they are one. */
export const deputySurfaces = (body: Body): readonly Surface[] =>
  (body.deputies ?? []).map(({ person: member, deputy, from, until }) => ({
    key: `deputy ${deputy} of ${member} ${from}`,
    to: deputy,
    card: {
      title: text`You stand in for ${person(member)}`,
      parts: [
        said(
          text`In votes of ${typed(body.name)} you may cast the ballot of ${person(member)} from ${minute(from)} until ${minute(until)}. Press Vote on the vote’s card in its channel.`,
        ),
        note(
          text`You get this because ${person(member)} named you as deputy. Their own ballot goes before yours, and you cannot pass it on.`,
        ),
      ],
      buttons: [button('Show the committee', 'committees', 'show', { about: body.name })],
    },
  }));

/** Those of members that have not ended. */
const alive = ({ deputies = [], members }: Body, { at }: Moment): readonly Deputyship[] =>
  deputies.filter((one) => at < one.until && members.includes(one.person));

const currentOf = (body: Body, moment: Moment): Deputyship | undefined => alive(body, moment).find((one) => one.person === moment.by);

function mayName(body: Body, moment: Moment): Refused | undefined {
  if (body.members.includes(actor(moment))) return undefined;
  return refused(text`Only the members of ${typed(body.name)} can name a deputy.`);
}

/** Nobody who stands in for somebody passes that on, in whatever order the two are named. */
function unfitDeputy(named: Deputyship, others: readonly Deputyship[]): Refused | undefined {
  const together = others.filter((one) => one.from < named.until && named.from < one.until);
  if (named.deputy === named.person) return refused(text`You cannot stand in for yourself. Choose somebody else, please.`, 'deputy');
  const stoodInFor = together.find((one) => one.deputy === named.person);
  if (stoodInFor)
    return refused(
      text`You stand in for ${person(stoodInFor.person)} in that time, so you cannot name a deputy yourself: a ballot is passed on once only.`,
    );
  if (together.some((one) => one.person === named.deputy))
    return refused(
      text`That person has named a deputy of their own in that time, and a ballot is passed on once only. Choose somebody else, please.`,
      'deputy',
    );
  return undefined;
}

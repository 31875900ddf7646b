import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { list, minute, people, person, text, typed } from '../../src/text.ts';
import { type Area, AREAS, areas } from '../criteria/readiness.ts';
import { dueAt, leftUnfit } from '../rules/fit.ts';
import { over, unknown, withArea } from './answering.ts';
import { isIn, type Readiness, type ReadinessFacts } from './state.ts';

const note = field.lines('Note', { hint: 'What they should know.' }).optional();
const handing = z.object({ person: field.person('Who answers instead?', { hint: 'Is asked by direct message.' }), note });
const reassigning = z.object({
  technical: field.person(AREAS.technical),
  business: field.person(AREAS.business),
  organizational: field.person(AREAS.organizational),
  note,
});

/** Whoever is asked may hand their area on to somebody who knows it better. */
export function handOnQuestion(check: Readiness, moment: Moment, about: string): Question | Refused {
  return (
    mayHandOn(check, moment, about) ?? {
      title: 'Hand the area on',
      submit: 'Hand on',
      schema: handing,
      intro: [text`${typed(check.initiative.name)}: readiness, the ${about} area`],
    }
  );
}

export function handOn(
  check: Readiness,
  { about, person: next, note: why }: { about: string; person: PersonId; note?: string },
  moment: Moment,
  { left = [] }: ReadinessFacts,
): Step<Readiness> {
  const barred = mayHandOn(check, moment, about);
  if (barred) return barred;
  const area = about as Area;
  if (next === check.areas[area].person)
    return refused(
      next === actor(moment)
        ? text`You are asked already. Choose somebody else, or answer it yourself.`
        : text`That person is asked already. Choose somebody else.`,
      'person',
    );
  const unfit = leftUnfit(next, left, 'person');
  if (unfit) return unfit;
  return {
    state: given(check, area, next, { by: actor(moment), ...(why ? { note: why } : {}) }),
    say: text`${person(next)} is asked now.`,
  };
}

/** The initiative's owner and the one who opened the check may ask others. */
export function reassignQuestion(check: Readiness, moment: Moment, facts: ReadinessFacts): Question | Refused {
  const { technical, business, organizational } = check.areas;
  return (
    mayRun(check, moment, facts) ?? {
      title: 'Reassign the areas',
      submit: 'Reassign',
      schema: reassigning,
      intro: [text`Whoever is new is asked by direct message. What was answered stays.`],
      values: { technical: technical.person, business: business.person, organizational: organizational.person },
    }
  );
}

export function reassign(
  check: Readiness,
  said: Record<Area, PersonId> & { note?: string },
  moment: Moment,
  facts: ReadinessFacts,
): Step<Readiness> {
  const { left = [] } = facts;
  const barred = mayRun(check, moment, facts);
  if (barred) return barred;
  const changed = areas.filter((area) => said[area] !== check.areas[area].person);
  if (changed.length === 0) return refused(text`Nobody was changed. Choose somebody else for an area, or leave it as it is.`, 'technical');
  for (const area of changed) {
    const unfit =
      leftUnfit(said[area], left, area) ?? (isIn(check, area) ? refused(text`This area is answered already.`, area) : undefined);
    if (unfit) return unfit;
  }
  const handed = { by: actor(moment), ...(said.note ? { note: said.note } : {}) };
  return {
    state: changed.reduce((state, area) => given(state, area, said[area], handed), check),
    say: text`Asked now: ${list(changed.map((area) => text`${person(said[area])} (${area})`))}.`,
  };
}

/** An area that is open goes to somebody else, who is asked by a message of their own. What was answered stays in the form. */
export function given(check: Readiness, area: Area, to: PersonId, handed: { by?: PersonId; note?: string }): Readiness {
  const { nudge: _, ...before } = check.areas[area];
  return withArea(check, area, { ...before, person: to, asks: before.asks + 1, handed });
}

/** Who runs the check: the initiative's owner, or its sponsor where the owner has left, and the one who opened it. */
export function mayRun(check: Readiness, moment: Moment, { left = [] }: ReadinessFacts): Refused | undefined {
  const barred = over(check);
  if (barred) return barred;
  const { initiative, opened } = check;
  const owner = left.some((one) => one.id === initiative.owner) ? initiative.sponsor : initiative.owner;
  const may = [...new Set([owner, opened.by])];
  if (!may.includes(actor(moment)))
    return refused(text`Only the initiative’s owner or the one who opened the check may do that. Please ask ${people(may)}.`);
  return undefined;
}

/** Before it is due a check is finished by its last answer alone. */
export function mayFinish(state: Readiness, moment: Moment, facts: ReadinessFacts): Refused | undefined {
  const barred = mayRun(state, moment, facts);
  if (barred) return barred;
  if (!state.overdue)
    return refused(text`It is not due before ${minute(dueAt(state))}. Until then it is finished by the last answer, or cancelled.`);
  return areas.some((area) => state.areas[area].answers)
    ? undefined
    : refused(text`Nothing is answered yet, so there is nothing to finish it with. Extend it, or cancel it with a reason.`);
}

function mayHandOn(check: Readiness, moment: Moment, about: string): Refused | undefined {
  const barred = over(check) ?? unknown(about);
  if (barred) return barred;
  const asked = check.areas[about as Area].person;
  if (![asked, check.initiative.owner, check.opened.by].includes(actor(moment)))
    return refused(
      text`The ${about} area is asked of ${person(asked)}, who alone can hand it on. ${person(check.initiative.owner)} can reassign it.`,
    );
  return isIn(check, about as Area) ? refused(text`The ${about} area is answered already, so there is nothing to hand on.`) : undefined;
}

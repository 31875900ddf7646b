import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Answer } from '../../src/kept.ts';
import { list, minute, person, text, typed } from '../../src/text.ts';
import { type Area, AREAS, areas, type Item, setOf } from '../criteria/readiness.ts';
import { dayIn, dueUnfit, leftUnfit } from '../rules/fit.ts';
import {
  areasOpen,
  type Choice,
  isIn,
  isOpen,
  type ItemAnswer,
  itemsOf,
  type Plan,
  type Readiness,
  type ReadinessFacts,
  tallyOf,
  unplanned,
} from './state.ts';

const CHOICES: Readonly<Record<Choice, string>> = { met: 'Met', 'not met': 'Not met', 'not applicable': 'Not applicable' };

/** How many days an action is given when nobody says otherwise, and at most. */
const USUAL = 30;
const LONGEST = 366;

/** How many actions are asked about on one page: in Teams each carries the whole roster to choose from. */
const AT_ONCE = 3;

/** Page one: the six items of an area, as they stand. */
export function answerQuestion(check: Readiness, moment: Moment, about: string): Question | Refused {
  const barred = mayAnswer(check, moment, about);
  if (barred) return barred;
  const area = about as Area;
  const { answers = {} } = check.areas[area];
  return {
    title: `${AREAS[area]} readiness`,
    submit: 'Send the answers',
    schema: answersOf(check.set, area),
    intro: [
      text`${typed(check.initiative.name)}: what is met by now? Evidence is a sentence or a link; links are shown, never opened.`,
      text`Answers and evidence are on record with your name and stand in the initiative’s channel when the check is finished. Until then you can answer again. What is not met gets an owner and a day on the next page.`,
    ],
    values: Object.fromEntries(
      Object.entries(answers).flatMap(([key, { choice, evidence }]) => [[key, choice] as const, [`${key}-evidence`, evidence] as const]),
    ),
  };
}

/** Takes page one. The area is in at once, unless something is not met for which nobody is named yet. */
export function takeAnswers(
  check: Readiness,
  about: string,
  said: Readonly<Record<string, unknown>>,
  moment: Moment,
  facts: ReadinessFacts,
): Step<Readiness> {
  const barred = mayAnswer(check, moment, about);
  if (barred) return barred;
  const area = about as Area;
  const by = actor(moment);
  const before = check.areas[area];
  const answers: Record<string, ItemAnswer> = {};
  const rows: Omit<Answer, 'flow'>[] = [];
  const row = (question: string, value: string) => rows.push({ about: area, person: by, question, value, at: moment.at });
  for (const { key } of itemsOf(check, area)) {
    const choice = said[key] as Choice;
    const evidence = said[`${key}-evidence`] as string | undefined;
    answers[key] = { choice, ...(evidence ? { evidence } : {}) };
    row(key, choice);
    // Evidence that was taken back is an empty row: kept rows are never removed.
    if (evidence || before.answers?.[key]?.evidence) row(`${key} evidence`, evidence ?? '');
  }
  const state = withArea(check, area, { ...before, answers, answered: { by, at: moment.at } });
  const keep = [{ kind: 'answers', rows }] as const;
  if (!isIn(state, area))
    return {
      state,
      keep,
      next: { input: 'actions', about: area },
      say: text`Your answers are kept. The area is in once everything that is not met has an owner and a day: press Answer to go on.`,
    };
  return { ...finishWhenIn(state, area, moment, facts), keep };
}

/** Page two: who sees to what is not met, and by when; three at a time. What has an action already is moved or handed on at the action. */
export function actionsQuestion(check: Readiness, moment: Moment, about: string): Question | Refused {
  const asked = mayPlan(check, moment, about);
  if ('refused' in asked) return asked;
  const more = unplanned(check, about as Area).length - asked.length;
  return {
    title: 'Who sees to it?',
    submit: 'Open the actions',
    schema: plansOf(check.set, asked),
    intro: [
      text`Each of these becomes an action: its owner is told by direct message, and reminded when it is due.${more > 0 && ` ${more} more on the next page.`}`,
    ],
    values: Object.fromEntries(
      asked.flatMap(({ key }) => [[`${key}-owner`, actor(moment)] as const, [`${key}-due`, dayIn(USUAL, moment)] as const]),
    ),
  };
}

export function takeActions(
  check: Readiness,
  about: string,
  said: Readonly<Record<string, unknown>>,
  moment: Moment,
  facts: ReadinessFacts,
): Step<Readiness> {
  const asked = mayPlan(check, moment, about);
  if ('refused' in asked) return asked;
  const area = about as Area;
  const plans: Record<string, Plan> = {};
  for (const { key } of asked) {
    const owner = said[`${key}-owner`] as PersonId | undefined;
    const due = said[`${key}-due`] as string | undefined;
    // Answered again meanwhile, from another window: what is asked now is another page.
    if (!owner || !due) return refused(text`What is not met has changed since this page was opened. Please press Answer again.`);
    const unfit = leftUnfit(owner, facts.left ?? [], `${key}-owner`) ?? dueUnfit(due, LONGEST, moment, `${key}-due`);
    if (unfit) return unfit;
    plans[key] = planOf(check, area, key, { owner, due, at: moment.at, by: actor(moment) });
  }
  const before = check.areas[area];
  const state = withArea(check, area, { ...before, plans: { ...before.plans, ...plans } });
  if (isIn(state, area)) return finishWhenIn(state, area, moment, facts);
  return { state, next: { input: 'actions', about: area }, say: text`These are kept. Press Answer to go on with the others.` };
}

/** Ends the check over what is there: what is not answered is counted so, and what is not met gets its action all the same. */
export function finish(
  check: Readiness,
  how: 'all areas were in' | 'with what was there',
  moment: Moment,
  facts: ReadinessFacts,
): Readiness {
  const by = actor(moment);
  const planned = areas.reduce((state, area) => {
    const before = state.areas[area];
    const plan: Plan = {
      owner: before.answered?.by ?? before.person,
      due: dayIn(USUAL, { zone: state.zone, at: moment.at }),
      at: moment.at,
      by,
    };
    const plans = Object.fromEntries(unplanned(state, area).map(({ key }) => [key, planOf(state, area, key, plan)]));
    return withArea(state, area, { ...before, plans: { ...before.plans, ...plans } });
  }, check);
  const followed = Object.fromEntries(
    setOf(check.set).items.flatMap(({ key, text: title }) => {
      const found = facts.actions?.find((row) => row.title === title);
      return found ? [[key, { owner: found.owner, due: found.due, state: found.state }]] : [];
    }),
  );
  return { ...planned, finished: { at: moment.at, how, by, followed } };
}

function finishWhenIn(check: Readiness, area: Area, moment: Moment, facts: ReadinessFacts): Taken<Readiness> {
  const { met, unmet, notApplicable } = tallyOf(check, [area]);
  const counted = text`The ${area} area is in: ${met} met, ${unmet} not met, ${notApplicable} not applicable.`;
  const open = areasOpen(check);
  if (open.length > 0) return { state: check, say: text`${counted} Still open: ${open.join(', ')}. Until then you can answer again.` };
  return {
    state: finish(check, 'all areas were in', moment, facts),
    say: text`${counted} It was the last one: the result stands in the initiative’s channel.`,
  };
}

function planOf(check: Readiness, area: Area, key: string, plan: Plan): Plan {
  const why = check.areas[area].answers?.[key]?.evidence;
  return { ...plan, ...(why ? { why } : {}) };
}

export const withArea = (check: Readiness, area: Area, state: Readiness['areas'][Area]): Readiness => ({
  ...check,
  areas: { ...check.areas, [area]: state },
});

/** Why the check takes no more answers; undefined while it runs. */
export function over(check: Readiness): Refused | undefined {
  if (isOpen(check)) return undefined;
  if (check.cancelled)
    return refused(text`This readiness check was cancelled ${minute(check.cancelled.at)}: ${typed(check.cancelled.reason)}`);
  return refused(
    text`This readiness check was finished ${minute(check.finished!.at)}. Start another one: /readiness ${typed(check.initiative.name)}`,
  );
}

/** Why there is no such area; a button may be of another version. */
export const unknown = (about: string): Refused | undefined =>
  areas.includes(about as Area)
    ? undefined
    : refused(text`Which area? There are ${list(areas.map((area) => text`${AREAS[area]}`))}: press the button of one.`);

function mayAnswer(check: Readiness, moment: Moment, about: string): Refused | undefined {
  const barred = over(check) ?? unknown(about);
  if (barred) return barred;
  const asked = check.areas[about as Area].person;
  if (asked === actor(moment)) return undefined;
  return refused(
    text`The ${about} area is asked of ${person(asked)}, who can hand it on. ${person(check.initiative.owner)} can reassign it.`,
  );
}

function mayPlan(check: Readiness, moment: Moment, about: string): readonly Item[] | Refused {
  const barred = mayAnswer(check, moment, about);
  if (barred) return barred;
  const asked = unplanned(check, about as Area);
  return asked.length > 0
    ? asked.slice(0, AT_ONCE)
    : refused(text`Everything that is not met in the ${about} area has its action already.`);
}

const answerForms = new Map<string, z.ZodObject>();

function answersOf(set: string, area: Area): z.ZodObject {
  const id = `${set} ${area}`;
  let schema = answerForms.get(id);
  if (!schema) {
    const items = setOf(set).items.filter((item) => item.area === area);
    schema = z.object(
      Object.fromEntries(
        items.flatMap(({ key, text: title, short }) => [
          [key, field.choice(title, CHOICES)] as const,
          [`${key}-evidence`, field.lines(`Evidence: ${short}`).optional()] as const,
        ]),
      ),
    );
    answerForms.set(id, schema);
  }
  return schema;
}

const planForms = new Map<string, z.ZodObject>();

function plansOf(set: string, asked: readonly Item[]): z.ZodObject {
  const id = [set, ...asked.map(({ key }) => key)].join(' ');
  let schema = planForms.get(id);
  if (!schema) {
    schema = z.object(
      Object.fromEntries(
        asked.flatMap(({ key, text: group, short }) => [
          [`${key}-owner`, field.person(`Owner: ${short}`, { group })] as const,
          [`${key}-due`, field.date(`Due: ${short}`, { group })] as const,
        ]),
      ),
    );
    if (planForms.size > 1000) planForms.clear();
    planForms.set(id, schema);
  }
  return schema;
}

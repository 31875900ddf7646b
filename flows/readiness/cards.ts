import { button, type Button, type Card, facts, heading, items, note, pictured, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, list, minute, person, ping, type Text, text, typed } from '../../src/text.ts';
import type { Stacks } from '../../src/picture.ts';
import { type Area, AREAS, areas, type Item, setOf } from '../criteria/readiness.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { cancelledText, handedText } from '../rules/asked.ts';
import { dueAt } from '../rules/fit.ts';
import { areasOpen, type Finish, isIn, isOpen, itemsOf, type Nudge, type Readiness, tallyOf, unplanned } from './state.ts';

/** How many characters of evidence go into one message of the thread; every platform takes more than this. */
const PAGE = 5000;

/** Everything that should be seen of a readiness check. */
export function readinessSurfaces(check: Readiness, id: FlowId): readonly Surface[] {
  const card: Surface = { key: 'check', to: check.channel, card: progressCard(check, id) };
  // Who was asked keeps a message, which says that there is nothing left to do.
  if (check.cancelled) return [card, ...areasOpen(check).map((area) => ({ ...asking(check, id, area), card: card.card }))];
  if (check.finished)
    return [
      card,
      { key: 'result', to: check.channel, card: resultCard(check, id, check.finished), rank: 'result' },
      ...evidencePages(check),
    ];
  return [card, ...areasOpen(check).flatMap((area) => askings(check, id, area)), ...(check.overdue ? [overdueSurface(check, id)] : [])];
}

/** The one card of the check in its channel, the same for every viewer. */
function progressCard(check: Readiness, id: FlowId): Card {
  const { initiative, finished, cancelled, opened } = check;
  const { unanswered } = tallyOf(check);
  const all = setOf(check.set).items.length;
  const title = text`${bold('Readiness check: ')}${typed(initiative.name)}`;
  if (cancelled) return { title, parts: [said(cancelledText(cancelled))] };
  const progress = said(
    text`${bold(`Readiness: ${all - unanswered} of ${all} answered.`)}${finished && text` Finished ${minute(finished.at)}. The result stands below.`}`,
  );
  const states = areas.map((area) => [AREAS[area], areaText(check, area)] as const);
  if (finished) return { title, parts: [progress, facts(...states)] };
  return {
    title,
    ...(check.overdue ? { tone: 'warning' as const } : {}),
    parts: [
      progress,
      facts(...states, ['Due', minute(dueAt(check))], ['Opened by', person(opened.by)]),
      ...(check.overdue
        ? [said(text`${bold('Overdue.')} ${person(initiative.owner)} can finish it with what is there, extend it, or reassign an area.`)]
        : []),
      { kind: 'buttons', buttons: areas.map((area) => button(`Answer: ${area}`, id, 'answer', { about: area })) },
      note(text`It is finished when all three areas are in; until then each can be answered again by whom it is asked of.`),
    ],
    buttons: [
      ...(check.overdue ? [button('Finish with what is there', id, 'finish', { style: 'primary' })] : []),
      button('Manage this check', id, 'manage'),
    ],
  };
}

function areaText(check: Readiness, area: Area): Text {
  const { person: who, answers } = check.areas[area];
  if (!answers) return text`${person(who)}, ${isOpen(check) ? 'asked' : 'not answered'}`;
  const { met, unmet, notApplicable } = tallyOf(check, [area]);
  const counted = list([
    text`${met} met`,
    ...(unmet > 0 ? [text`${unmet} not met`] : []),
    ...(notApplicable > 0 ? [text`${notApplicable} not applicable`] : []),
  ]);
  return text`${person(who)}, ${isIn(check, area) ? 'answered' : 'answered but for who sees to what is not met'}: ${counted}`;
}

/** The message to whom an area is asked of, and the latest nudge. */
function askings(check: Readiness, id: FlowId, area: Area): Surface[] {
  const { person: who, asks, nudge } = check.areas[area];
  const ask = asking(check, id, area);
  if (!nudge) return [ask];
  const key = `nudge ${area} ${asks} ${nudge} ${check.due}`;
  return [ask, nudgeOf('answers', { key, to: who, card: nudgeCard(check, id, area, nudge) })];
}

function asking(check: Readiness, id: FlowId, area: Area): Surface {
  const { person: who, asks } = check.areas[area];
  return { key: `ask ${area} ${asks}`, to: who, card: askCard(check, id, area), brief: true };
}

function askCard(check: Readiness, id: FlowId, area: Area): Card {
  const { initiative, opened } = check;
  const { handed, person: who } = check.areas[area];
  const asks =
    handed?.by !== undefined
      ? handedText(handed.by, handed.note)
      : handed
        ? text`The initiative changed hands, and you are its owner now.`
        : opened.by !== who && text`${person(opened.by)} asks you, as somebody who knows this area.`;
  return {
    title: text`Readiness of ${typed(initiative.name)}: the ${area} area`,
    parts: [
      ...(asks ? [said(asks)] : []),
      said(missingText(check, area)),
      facts(['Due', minute(dueAt(check))]),
      note(
        text`Somebody else knows better? Hand it on. Your answers and evidence stand in the initiative’s channel when the check is finished.`,
      ),
    ],
    buttons: areaButtons(check, id, area),
  };
}

function missingText(check: Readiness, area: Area): Text {
  const short = unplanned(check, area).length;
  if (short === 0) return text`Six questions, each answered by met, not met or not applicable. It takes a few minutes.`;
  return text`Your answers are kept. Still to say: who sees to ${short === 1 ? 'what is not met' : `the ${short} that are not met`}, and by when.`;
}

const areaButtons = (check: Readiness, id: FlowId, area: Area): Button[] => [
  ...(unplanned(check, area).length > 0 ? [button('Say who sees to it', id, 'actions', { style: 'primary', about: area })] : []),
  button('Answer', id, 'answer', { ...(unplanned(check, area).length > 0 ? {} : { style: 'primary' }), about: area }),
  button('Hand on', id, 'hand-on', { about: area }),
];

const NUDGES: Readonly<Record<Nudge, string>> = {
  'two days': 'two days before it is due',
  today: 'on the day on which it is due',
  overdue: 'once, as it is overdue',
};

function nudgeCard(check: Readiness, id: FlowId, area: Area, nudge: Nudge): Card {
  return {
    title: text`${nudge === 'overdue' ? 'Overdue' : 'Still open'}: the ${area} area`,
    ...(nudge === 'overdue' ? { tone: 'warning' as const } : {}),
    parts: [
      said(
        text`The readiness check of ${typed(check.initiative.name)} ${nudge === 'overdue' ? 'was' : 'is'} due ${minute(dueAt(check))}. ${missingText(check, area)}`,
      ),
      note(text`You get this because you are asked for this area, ${NUDGES[nudge]}.`),
    ],
    buttons: areaButtons(check, id, area),
  };
}

/** The owner decides what becomes of a check that is overdue. */
function overdueSurface(check: Readiness, id: FlowId): Surface {
  const { initiative, due } = check;
  return {
    key: `overdue ${due} ${initiative.owner}`,
    to: initiative.owner,
    brief: true,
    card: {
      title: text`Readiness check overdue: ${typed(initiative.name)}`,
      tone: 'warning',
      parts: [
        said(
          text`Still open: ${list(areasOpen(check).map((area) => text`${area} (${person(check.areas[area].person)})`))}. They were told once more.`,
        ),
        said(text`You can finish it with what is there: what is not answered is then counted as unanswered.`),
        note(text`You get this as the initiative’s owner.`),
      ],
      buttons: [
        button('Finish with what is there', id, 'finish', { style: 'primary' }),
        button('Extend', id, 'extend'),
        button('Reassign', id, 'reassign'),
      ],
    },
  };
}

const PARTS: Stacks['parts'] = [
  { label: 'Met', tone: 'good' },
  { label: 'Not met', tone: 'bad' },
  { label: 'Not applicable', tone: 'none' },
  { label: 'Unanswered', tone: 'open' },
];

function resultCard(check: Readiness, id: FlowId, finished: Finish): Card {
  const { initiative } = check;
  const { met, unmet, notApplicable, unanswered } = tallyOf(check);
  const applicable = setOf(check.set).items.length - notApplicable;
  const notMet = areas.flatMap((area) =>
    itemsOf(check, area)
      .filter(({ key }) => choiceOf(check, area, key) === 'not met')
      .map((item) => ({ area, item })),
  );
  const left = areas.filter((area) => !check.areas[area].answers);
  const evidence = evidenceLines(check).length;
  return {
    title: text`${bold(`Readiness, ${met} of ${applicable} met: `)}${typed(initiative.name)}`,
    tone: unmet === 0 && unanswered === 0 ? 'good' : 'warning',
    parts: [
      said(
        text`${ping(initiative.owner)}${initiative.sponsor !== initiative.owner && text`, ${ping(initiative.sponsor)}`}: ${met} met, ${unmet} not met${notApplicable > 0 && `, ${notApplicable} not applicable`}${unanswered > 0 && `, ${unanswered} unanswered`}. Finished ${minute(finished.at)}${finished.how === 'all areas were in' ? ', when all areas were in' : text` by ${person(finished.by)}, with what was there`}.`,
      ),
      pictured({ kind: 'stacks', title: 'Readiness by area', parts: PARTS, bars: areas.map((area) => barOf(check, area)) }),
      ...(notMet.length > 0
        ? [heading('Not met, and who sees to it'), items(notMet.map(({ area, item }) => unmetText(check, finished, area, item)))]
        : []),
      ...(left.length > 0
        ? [heading('Not answered'), items(left.map((area) => text`The ${area} area, asked of ${person(check.areas[area].person)}`))]
        : []),
      ...(evidence > 0 ? [said(text`Evidence on ${evidence} ${evidence === 1 ? 'item' : 'items'}: in the thread.`)] : []),
      note(text`Set ${check.set}, check ${numberOf(id)}. It is evidence on the next vote, and grows stale after 60 days.`),
    ],
    buttons: [button('Open a vote', 'vote', 'open', { style: 'primary', about: initiative.id })],
  };
}

function barOf(check: Readiness, area: Area): Stacks['bars'][number] {
  const { met, unmet, notApplicable, unanswered } = tallyOf(check, [area]);
  return { label: AREAS[area], counts: [met, unmet, notApplicable, unanswered], mark: unmet + unanswered === 0 ? '✓' : '✗' };
}

/** The action as it was when the check was finished; from then on it speaks for itself. */
function unmetText(check: Readiness, { followed }: Finish, area: Area, { key, text: title }: Item): Text {
  const plan = check.areas[area].plans[key]!;
  const { owner, due, state } = followed[key] ?? { ...plan, state: 'open' };
  return text`${title}: ${person(owner ?? plan.owner)}, ${state === 'open' ? text`due ${due ?? plan.due}` : text`${state}`}`;
}

const choiceOf = (check: Readiness, area: Area, key: string) => check.areas[area].answers?.[key]?.choice;

/** All evidence in full, in as many messages of the thread as it needs. */
function evidencePages(check: Readiness): Surface[] {
  const pages: { size: number; lines: Text[] }[] = [];
  for (const { size, line } of evidenceLines(check)) {
    const last = pages.at(-1);
    if (last && last.size + size < PAGE) {
      last.size += size;
      last.lines.push(line);
    } else pages.push({ size, lines: [line] });
  }
  return pages.map(({ lines }, index) => ({
    key: `evidence-${index + 1}`,
    to: check.channel,
    under: 'result',
    rank: 'result',
    card: { title: text`Evidence${pages.length > 1 && ` ${index + 1} of ${pages.length}`}`, parts: [items(lines)] },
  }));
}

function evidenceLines(check: Readiness): { size: number; line: Text }[] {
  return areas.flatMap((area) => {
    const { answers, answered } = check.areas[area];
    return itemsOf(check, area).flatMap(({ key, text: title }) => {
      const { choice, evidence } = answers?.[key] ?? {};
      if (!evidence) return [];
      return [{ size: evidence.length, line: text`${bold(title)}, ${choice}, says ${person(answered!.by)}: ${typed(evidence)}` }];
    });
  });
}

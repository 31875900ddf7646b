import { button, type Button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, channel, day, minute, person, ping, type Text, text, typed } from '../../src/text.ts';
import { alarmSurfaces, startedBy } from './alarm.ts';
import { openButtons } from './buttons.ts';
import { summary } from './checkin.ts';
import { nudgeSurfaces, toldOf } from './nudging.ts';
import { planText } from './plan.ts';
import { type Cadence, comes, dutyText, type Follows, isUnanswered, type Kind, pausedUntil, type Reminder } from './state.ts';

/** Everything that should be seen of a cadence. A reminder is a message of its own again after a snooze, which people notice. */
export function cadenceSurfaces(cadence: Cadence, id: FlowId): readonly Surface[] {
  const reminders = [cadence.previous, cadence.current].flatMap((reminder): Surface[] =>
    reminder
      ? [
          { key: `reminder ${reminder.number} ${reminder.posts}`, to: cadence.channel, card: reminderCard(cadence, reminder, id) },
          ...earlierPost(cadence, reminder),
        ]
      : [],
  );
  return [...reminders, ...nudgeSurfaces(cadence, id), ...alarmSurfaces(cadence)];
}

/** The message before the latest one of the same reminder: whoever finds it is led on. */
function earlierPost(cadence: Cadence, { number, posts, again }: Reminder): Surface[] {
  if (!again) return [];
  const { at, handed, moved } = again;
  const why = moved
    ? text`The initiative changed its owner or its channel, ${minute(at)}. It is asked again in ${channel(moved)}.`
    : handed
      ? text`${person(handed.by)} handed it over${handed.by !== handed.from && text` from ${person(handed.from)}`} to ${person(handed.to)}, ${minute(at)}. It is asked again below.`
      : text`The snooze ended ${minute(at)}. It is asked again below.`;
  const card = {
    title: text`${dutyText(cadence)}: ${typed(cadence.initiative.name)}`,
    parts: [said(why), note(text`Reminder ${number}.`)],
  };
  return [{ key: `reminder ${number} ${posts - 1}`, to: cadence.channel, card }];
}

/** Why it matters now, in a sentence (decision framework, scaling up and out, cadences). */
const WHY: Readonly<Record<Exclude<Kind, 'own'>, string>> = {
  retraining:
    'What its use has shown lately is not in the model yet. Only a model that keeps learning from it stays accurate, and trusted.',
  evangelism:
    'People leave and others come, who have yet to see what it does before they trust it; and new uses are found by those who see it.',
  optimization: 'What runs is not finished: use, performance and value either grow or fade, and the next improvement decides which.',
  governance: 'Owners change, access piles up and risks move while everything seems to run. Looked at regularly, they stay in order.',
};

function reminderCard(cadence: Cadence, reminder: Reminder, id: FlowId): Card {
  const isOpen = isUnanswered(reminder) && !cadence.ended;
  const isDone = reminder.state === 'done';
  const buttons = isOpen ? openButtons(reminder, id) : isDone ? followUps(cadence, reminder.follows ?? {}) : [];
  return {
    title: text`${dutyText(cadence)}: ${typed(cadence.initiative.name)}`,
    ...(isDone ? { tone: toneOf(reminder.follows) } : {}),
    parts: [
      said(stateText(cadence, reminder)),
      ...(isOpen ? openParts(cadence, reminder) : []),
      ...(isDone ? followParts(cadence, reminder.follows ?? {}) : []),
      ...noticeParts(reminder),
      note(footText(cadence, reminder)),
    ],
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function stateText(cadence: Cadence, reminder: Reminder): Text {
  const { answered } = reminder;
  const { asked, last, kind, ended } = cadence;
  const isLeft = reminder === cadence.current && reminder.state !== 'done' && reminder.state !== 'skipped';
  if (ended && isLeft) return text`${bold('Not answered')} before the cadence ended.`;
  switch (reminder.state) {
    case 'open':
      return text`${ping(asked)}, ${handedText(cadence, reminder)}it is time for the check-in; anybody here who knows may answer.`;
    case 'snoozed':
      return text`Snoozed until ${minute(reminder.until!)}. ${person(asked)} is asked again then.`;
    case 'done':
      return text`${bold('Done')} by ${person(answered!.by)}, ${minute(answered!.at)}. ${last ? summary(kind, last.said) : typed(answered!.note)}`;
    case 'skipped':
      return text`${bold('Skipped')} by ${person(answered!.by)}, ${minute(answered!.at)}: ${typed(answered!.note)}`;
    case 'missed':
      return text`${bold('Not answered')} before the next one.`;
  }
}

function handedText({ asked }: Cadence, { again }: Reminder): Text | false {
  const handed = again?.handed;
  if (handed?.to !== asked) return false;
  const { by, from } = handed;
  return by === asked
    ? text`you took this over from ${person(from)}: `
    : text`${person(by)} hands this over to you${by !== from && text` from ${person(from)}`}: `;
}

/** What is asked, why now, and what happened last time. */
function openParts(cadence: Cadence, reminder: Reminder): Part[] {
  const { kind, own, last, paused } = cadence;
  const until = pausedUntil(cadence);
  const { before, escalated } = reminder;
  return [
    said(kind === 'own' ? text`${typed(own!.question)}` : text`${WHY[kind]}`),
    ...(before || last
      ? [
          facts(
            last && ['Last time', text`${day(last.at)}, by ${person(last.by)}: ${summary(kind, last.said)}`],
            before?.state === 'skipped' && ['Skipped', text`${day(before.due)}, by ${person(before.by!)}: ${typed(before.note!)}`],
            before?.state === 'missed' && ['Not answered', text`the reminder of ${day(before.due)}`],
          ),
        ]
      : []),
    ...(escalated === undefined
      ? []
      : [said(text`Five working days without an answer: ${person(toldOf(cadence))} was told ${minute(escalated)}.`)]),
    ...(paused ? [note(text`The cadence is paused${until && ` until ${until}`}; this reminder can still be answered.`)] : []),
  ];
}

/** What a check-in led to. */
function followParts(cadence: Cadence, { under, early, ideas, alarm: isAlarm }: Follows): Part[] {
  const { initiative, alarm, paused } = cadence;
  const next = paused ? undefined : comes(cadence);
  return [
    ...(under === undefined
      ? []
      : [
          said(
            text`${bold('Under its target')}${under > 1 && `, for the ${ordinal(under)} time in a row`}. ${early === undefined ? next !== undefined && text`The next reminder comes soon, ${day(next)}.` : text`The next reminder is brought forward to ${day(early)}; after it they come as planned.`} A pilot review finds out what is behind it.`,
          ),
        ]),
    ...(isAlarm && alarm
      ? [
          said(
            alarm.called === undefined
              ? text`${bold('The steering committee is called at once.')}`
              : alarm.called === 'nobody'
                ? text`${bold('To be looked at now:')} no committee has voted on it, so ${person(alarm.owner)}${alarm.owner === alarm.sponsor ? ' is' : text` and ${person(alarm.sponsor)} are`} called.`
                : text`${bold('To be looked at now:')} ${typed(alarm.called.name)} is called at once.`,
          ),
        ]
      : []),
    ...(ideas ? [said(text`Each idea can become an initiative of its own, an offshoot of ${typed(initiative.name)}.`)] : []),
  ];
}

function followUps({ initiative, ended }: Cadence, { under, alarm, ideas = [] }: Follows): Button[] {
  if (ended && !ended.over) return [];
  return [
    ...(under === undefined && !alarm
      ? []
      : [button('Start a pilot review', 'review', 'open', { style: 'primary', about: initiative.id })]),
    ...ideas.map((idea) => button(`Register as offshoot: ${idea}`, 'initiative', 'open', { about: `of ${initiative.id} ${idea}` })),
  ];
}

const toneOf = (follows: Reminder['follows']) => (follows?.alarm ? 'bad' : follows?.under === undefined ? 'good' : 'warning');

function noticeParts({ late, due, missedBefore, missedLast, early }: Reminder): Part[] {
  const missed = (during: string) => missedBefore > 0 && missedText(missedBefore, missedLast, during);
  const away = missed(' while Offshoot was not running');
  return [
    ...(early ? [note(text`Brought forward, because the last check-in was under its target.`)] : []),
    ...(late
      ? [note(text`Late: it was due ${minute(due)}, when Offshoot was not running.${missedBefore > 0 && text` ${missed(', too')}`}`)]
      : away
        ? [note(away)]
        : []),
  ];
}

function missedText(count: number, last: number | undefined, during: string): Text {
  const which =
    count === 1
      ? text`The reminder${last === undefined ? ' before it' : text` of ${day(last)}`} was`
      : text`${count} earlier reminders${last !== undefined && text`, the last of ${day(last)},`} were`;
  return text`${which} missed${during}, and ${count === 1 ? 'is' : 'are'} on record.`;
}

/** Once it is answered its schedule is no news. */
function footText(cadence: Cadence, reminder: Reminder): Text {
  const { number } = reminder;
  const { ended, paused, plan } = cadence;
  const next = comes(cadence);
  const until = pausedUntil(cadence);
  const then = ended
    ? text`The cadence has ended: ${typed(ended.reason)}.`
    : paused
      ? text`Paused${until && ` until ${until}`}.`
      : next === undefined
        ? text`It is the last one.`
        : text`Next: ${day(next)}.`;
  return text`Reminder ${number}${isUnanswered(reminder) && `, ${planText(plan)}`}, started by ${startedBy(cadence)}. ${then}`;
}

const ordinal = (n: number): string => ['first', 'second', 'third', 'fourth', 'fifth'][n - 1] ?? `${n}th`;

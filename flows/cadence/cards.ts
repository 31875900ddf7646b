import { button, type Card, facts, note, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, day, minute, person, ping, text, typed } from '../../src/text.ts';
import { summary } from './checkin.ts';
import { type Cadence, type Reminder, TITLES } from './state.ts';

/** The reminder that stands in the channel; after a snooze it is a message of its own, which people notice. */
export function cadenceSurfaces(cadence: Cadence, id: FlowId): readonly Surface[] {
  return [cadence.previous, cadence.current].flatMap((reminder) =>
    reminder
      ? [{ key: `reminder ${reminder.number} ${reminder.posts}`, to: cadence.channel, card: reminderCard(cadence, reminder, id) }]
      : [],
  );
}

function reminderCard(cadence: Cadence, reminder: Reminder, id: FlowId): Card {
  const { kind, initiative, asked, last, ended } = cadence;
  const missed = reminder.missedBefore;
  const title = text`${bold(`${TITLES[kind]}: `)}${typed(initiative.name)}`;
  const open = reminder.state === 'open' || reminder.state === 'snoozed';
  return {
    title,
    ...(reminder.state === 'done' ? { tone: 'good' as const } : {}),
    parts: [
      said(stateText(reminder, asked)),
      ...(open ? [said(text`A model stays accurate and trusted only while it is retrained on the outcomes that its use generates.`)] : []),
      ...(open && last ? [facts(['Last time', text`${summary(last)} ${person(last.by)}, ${day(last.at)}`])] : []),
      ...(reminder.late
        ? [
            note(
              text`Late: it was due ${minute(reminder.due)}, when Offshoot was not running.${missed > 0 && ` ${missed} earlier ${missed === 1 ? 'reminder was' : 'reminders were'} missed and ${missed === 1 ? 'is' : 'are'} on record.`}`,
            ),
          ]
        : []),
      note(
        text`Reminder ${reminder.number}, monthly since ${cadence.startedBy}. ${ended ? text`The cadence has ended: ${typed(ended.reason)}.` : text`Next: ${day(cadence.next)}.`}`,
      ),
    ],
    ...(open && !ended
      ? {
          buttons: [
            button('Done', id, 'done', { style: 'primary', about: String(reminder.number) }),
            button('Snooze', id, 'snooze', { about: String(reminder.number) }),
            button('Skip', id, 'skip', { about: String(reminder.number) }),
          ],
        }
      : {}),
  };
}

function stateText(reminder: Reminder, asked: Cadence['asked']) {
  const { answered } = reminder;
  switch (reminder.state) {
    case 'open':
      return text`${ping(asked)}, it is time for the check-in; anybody here who knows may answer.`;
    case 'snoozed':
      return text`Snoozed until ${minute(reminder.until!)}. ${person(asked)} is asked again then.`;
    case 'done':
      return text`${bold('Done')} by ${person(answered!.by)}, ${minute(answered!.at)}. ${typed(answered!.note)}`;
    case 'skipped':
      return text`${bold('Skipped')} by ${person(answered!.by)}, ${minute(answered!.at)}: ${typed(answered!.note)}`;
    case 'missed':
      return text`${bold('Not answered')} before the next one.`;
  }
}

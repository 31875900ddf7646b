import { button, type Card, items, note, said } from '../../src/card.ts';
import { actor, type Moment, type Surface, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, list, minute, person, ping, type Text, text, typed } from '../../src/text.ts';
import { type Alarm, type Cadence, dutyText } from './state.ts';

/** So many members are notified by name; a longer committee is told how many there are. */
const MOST_PINGED = 20;

/** The vote that tells which committee it was. */
export const votesOf = (cadence: Cadence): Need => ({
  as: 'votes',
  rows: 'votes',
  where: { initiative: cadence.initiative.id },
  order: ['opened_at', 'desc'],
  limit: 1,
});

/** A check-in says that the model is not compliant, or that harm was done: the committee that voted on it last is called. */
export function alarmOf(
  { owner, sponsor }: Cadence['initiative'],
  number: number,
  reasons: readonly Text[],
  moment: Moment,
  [vote]: readonly Derived['votes'][],
): Alarm {
  return {
    number,
    at: moment.at,
    by: actor(moment),
    reasons,
    owner,
    sponsor,
    ...(vote ? { body: vote.body, channel: vote.channel } : {}),
  };
}

/** Fires at once: who sits in the committee is looked up when it is known which one it is. */
export function alarmTimers({ alarm }: Cadence): Timer[] {
  return alarm && !alarm.called ? [{ key: `call ${alarm.number}`, at: alarm.at, input: { type: 'call' } }] : [];
}

export const committeeOf = ({ alarm }: Cadence): Need[] => [
  { as: 'bodies', rows: 'bodies', where: { id: alarm?.body ?? null } },
  { as: 'members', rows: 'members', where: { body: alarm?.body ?? null }, order: ['person', 'asc'] },
];

export function call(cadence: Cadence, [body]: readonly Derived['bodies'][], members: readonly Derived['members'][]): Cadence {
  const { alarm } = cadence;
  if (!alarm) return cadence;
  if (!body) return { ...cadence, alarm: { ...alarm, called: 'nobody' } };
  const others = members.map((member) => member.person).filter((one) => one !== body.chair);
  const pinged = others.slice(0, MOST_PINGED - 1);
  return {
    ...cadence,
    alarm: { ...alarm, called: { name: body.name, chair: body.chair, members: pinged, more: others.length - pinged.length } },
  };
}

/** A message to the committee, and one each to those who answer for the initiative and for the committee. */
export function alarmSurfaces(cadence: Cadence): Surface[] {
  const { alarm, channel } = cadence;
  if (!alarm?.called) return [];
  const { called, owner, sponsor } = alarm;
  const direct = [...new Set(called === 'nobody' ? [owner, sponsor] : [called.chair, sponsor])];
  return [
    {
      key: `alarm ${alarm.number}`,
      to: alarm.channel ?? channel,
      card: alarmCard(cadence, alarm, whom(alarm, called)),
      rank: 'result',
    },
    ...direct.map((who): Surface => {
      const role = who === sponsor ? 'the sponsor' : called === 'nobody' ? 'the owner' : 'the chair of the committee';
      const why = note(text`You get this as ${role}.`);
      return { key: `alarm ${alarm.number} ${who}`, to: who, card: alarmCard(cadence, alarm, undefined, why), rank: 'result' };
    }),
  ];
}

function alarmCard(cadence: Cadence, { reasons, by, at, number, called }: Alarm, asks?: Text, why?: Card['parts'][number]): Card {
  const { initiative } = cadence;
  return {
    title: text`${bold('To be looked at now: ')}${typed(initiative.name)}`,
    tone: 'bad',
    parts: [
      ...(asks ? [said(asks)] : []),
      said(text`${person(by)} answered the reminder “${dutyText(cadence)}”, ${minute(at)}:`),
      items(reasons),
      said(
        called === 'nobody'
          ? text`No committee has voted on this initiative, so nobody but its owner and its sponsor is called. Decide whether it may go on as it is.`
          : text`Decide whether it may go on as it is: a review finds out how it stands, a vote decides.`,
      ),
      note(text`Reminder ${number} of the cadence that was started by ${startedBy(cadence)}.`),
      ...(why ? [why] : []),
    ],
    buttons: followUps(initiative.id),
  };
}

/** Who has to see to it, notified by name. */
function whom({ owner, sponsor }: Alarm, called: NonNullable<Alarm['called']>): Text {
  if (called === 'nobody') return text`${list([...new Set([owner, sponsor])].map(ping))}, this needs you at once.`;
  const { name, chair, members, more } = called;
  return text`${list([chair, ...members].map(ping))}${more > 0 && ` and ${more} more members`}: ${typed(name)} is called at once.`;
}

export const startedBy = ({ startedBy: said }: Pick<Cadence, 'startedBy'>): Text =>
  /^person\/\d+$/.test(said) ? person(said as PersonId) : text`${said}`;

const followUps = (initiative: FlowId) => [
  button('Start a pilot review', 'review', 'open', { style: 'primary', about: initiative }),
  button('Open a vote', 'vote', 'open', { about: initiative }),
];

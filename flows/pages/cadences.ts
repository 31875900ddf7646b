import { button, type Button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import type { Page } from '../../src/page.ts';
import type { Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, channel, day, list, minute, person, type Text, text, typed, words } from '../../src/text.ts';
import { kindIn } from '../cadence/opening.ts';
import { folded, meant } from '../rules/meant.ts';

type Row = Derived['cadences'];

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  cadences: readonly Row[];
  paused: readonly Row[];
  proposed: readonly Row[];
  occurrences: readonly Readable['occurrences'][];
}

/** How many lines a list has; a message takes no more. */
const MOST = 20;

/** How many of the latest reminders stand on the card of one cadence. */
const LATELY = 5;

/**
 * `/cadence`: what repeats, when it comes next, and what became of the last reminders. One cadence has its card, with what can be done
 * about it. A name is first made an initiative's id, so that only that initiative's rows are read.
 */
export const cadences: Page<Facts> = {
  name: 'cadences',
  needs(about) {
    const id = idIn(about);
    if (id?.startsWith('cadence/'))
      return [
        { as: 'cadences', rows: 'cadences', where: { id } },
        { as: 'occurrences', rows: 'occurrences', where: { cadence: id }, order: ['number', 'desc'], limit: LATELY },
      ];
    if (id)
      return [{ as: 'cadences', rows: 'cadences', where: { initiative: id, state: ['active', 'paused', 'proposed'] }, limit: MOST + 1 }];
    if (about !== '' && !isList(about)) return [{ as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] }];
    return (['active', 'paused', 'proposed'] as const).map(listed);
  },
  show(about, _, found) {
    const id = idIn(about);
    if (id?.startsWith('cadence/')) return oneCard(id, found);
    if (id) return ofInitiative(id, found.cadences);
    if (about !== '' && !isList(about)) return meantBy(about, found.initiatives);
    return listCard([...found.cadences, ...found.paused, ...found.proposed]);
  },
};

const listed = (state: Row['state']): Need => ({
  as: state === 'active' ? 'cadences' : state,
  rows: 'cadences',
  where: { state },
  order: ['next_at', 'asc'],
  limit: MOST + 1,
});

const isList = (about: string): boolean => folded(about) === 'list';

function idIn(about: string): FlowId | undefined {
  return /^(cadence|initiative)\/[1-9]\d{0,9}$/.test(about) ? (about as FlowId) : undefined;
}

/** The initiative that is meant; its cadences are read in the next turn. */
function meantBy(about: string, all: Facts['initiatives']): ReturnType<typeof cadences.show> {
  const alive = all.filter((one) => one.stage !== 'retired');
  const found = meant(about, alive);
  if (found.length === 1) return { go: { to: 'cadences', input: 'show', about: found[0]!.id } };
  // A kind may follow the name: that opens the form for it.
  const { name, kind } = kindIn(about);
  const named = kind && found.length === 0 ? meant(name, alive) : [];
  if (named.length === 1) return { go: { to: 'cadence', input: 'open', about: `${named[0]!.id} ${kind}` } };
  const names = list((found.length > 0 ? found : alive).slice(0, 12).map((one) => typed(one.name)));
  if (found.length > 1) return refused(text`“${typed(about)}” fits several initiatives: ${names}. Please write more of the name.`);
  return alive.length === 0
    ? refused(text`There is no initiative yet whose duties could repeat. Register one first: /initiative`)
    : refused(text`No initiative fits “${typed(about)}”. There are: ${names}. For example: /cadence ${typed(alive[0]!.name)}`);
}

function ofInitiative(id: FlowId, all: readonly Row[]): ReturnType<typeof cadences.show> {
  const [one] = all;
  if (!one) return { go: { to: 'cadence', input: 'open', about: id } };
  if (all.length === 1) return { go: { to: 'cadences', input: 'show', about: one.id } };
  return listCard(all, id);
}

function listCard(all: readonly Row[], initiative?: FlowId): Card {
  const start = button('Start a cadence', 'cadence', 'open', { style: 'primary', ...(initiative ? { about: initiative } : {}) });
  if (all.length === 0)
    return {
      title: words('Cadences'),
      parts: [
        said(
          text`Nothing repeats yet. A cadence reminds an initiative’s channel of a duty at its times: to retrain the model, to present it, to improve it, to look at its governance, or of one of your own. Three of them start by themselves when a vote ends in GO: /go-no-go`,
        ),
      ],
      buttons: [start],
    };
  const shown = all.slice(0, MOST);
  return {
    title: words('Cadences'),
    parts: [
      ...shown.flatMap((one): Part[] => [
        said(lineOf(one)),
        { kind: 'buttons', buttons: [button('Look at it', 'cadences', 'show', { about: one.id })] },
      ]),
      ...(all.length > MOST ? [note(text`There are more. Name an initiative to see its own: /cadence churn`)] : []),
    ],
    buttons: [start],
  };
}

function lineOf(one: Row): Text {
  return text`${typed(one.title)}: ${stateText(one)}. Asks ${person(one.asked)}.${
    one.latest !== null && one.latest_at !== null && text` Lately: ${day(one.latest_at)} ${one.latest}.`
  }${one.missed > 0 && ` Missed in a row: ${one.missed.toLocaleString('en-GB')}.`}`;
}

function stateText({ state, next_at: next }: Row): Text {
  switch (state) {
    case 'active':
      return next === null ? text`its last reminder was posted` : text`next ${minute(next)}`;
    case 'paused':
      return next === null ? text`${bold('paused')} until somebody resumes it` : text`${bold('paused')}, next ${minute(next)}`;
    case 'proposed':
      return text`${bold('proposed')}, its dates are not saved yet`;
    case 'ended':
      return text`ended`;
  }
}

function oneCard(id: FlowId, { cadences: [one], occurrences }: Facts) {
  if (!one) return refused(text`There is no ${id.replace('/', ' ')} in this workspace, or its dates were never saved.`);
  return cadenceCard(one, occurrences);
}

/** The card of one cadence, from its rows. */
function cadenceCard(one: Row, occurrences: Facts['occurrences']): Card {
  return {
    title: typed(one.title),
    parts: [
      facts(
        ['State', stateText(one)],
        ['When', text`${one.schedule}`],
        ['Asks', person(one.asked)],
        ['In', channel(one.channel)],
        one.missed > 0 && ['Missed', text`${one.missed.toLocaleString('en-GB')} in a row`],
        occurrences.length > 0 && [
          'Lately',
          list(
            occurrences.map(({ due, state }) => text`${day(due)} ${state}`),
            '; ',
          ),
        ],
      ),
      note(text`The one asked, the owner, the sponsor and the one who started it may change it.`),
    ],
    buttons: buttonsOf(one),
  };
}

function buttonsOf({ id, state, initiative }: Row): Button[] {
  const another = button('Start a cadence', 'cadence', 'open', { about: initiative });
  const manage = [
    button('Change the schedule', id, 'change'),
    button('Hand over', id, 'hand-over'),
    button('End', id, 'stop', { style: 'danger' }),
  ];
  switch (state) {
    case 'proposed':
      return [button('Look at its dates', id, 'save', { style: 'primary' }), button('Drop it', id, 'drop')];
    case 'active':
      return [button('Pause', id, 'pause'), ...manage, another];
    case 'paused':
      return [button('Resume', id, 'resume', { style: 'primary' }), ...manage, another];
    case 'ended':
      return [another];
  }
}

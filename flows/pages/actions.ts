import { button, type Button, type Card, note, type Part, said } from '../../src/card.ts';
import { actor, type Moment, refused } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { bold, list, person, type Text, text, typed, words } from '../../src/text.ts';
import { originText } from '../action/cards.ts';
import { dayIn } from '../rules/fit.ts';
import { meant } from '../rules/meant.ts';

interface Facts {
  actions: readonly Derived['actions'][];
  initiatives: readonly Derived['initiatives'][];
}

/** How many lines a list has, and how many of them with buttons; a message takes no more. */
const MOST = 26;
const MOST_PRESSED = 12;

/** Of a longer title only its beginning stands in the list; the action's own card has it all. */
const TITLE = 120;

/** `/offshoot actions`: what is open, overdue first, of all initiatives or of the one that is named. The reader's own have buttons. */
export const actions: Page<Facts> = {
  name: 'actions',
  needs: () => [
    { as: 'actions', rows: 'actions', where: { state: 'open' }, order: ['due', 'asc'] },
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
  ],
  show(about, moment, { actions: all, initiatives }) {
    if (about === '') return listed(all, initiatives, moment);
    const found = meant(about, initiatives);
    if (found.length === 1)
      return listed(
        all.filter((one) => one.initiative === found[0]!.id),
        found,
        moment,
      );
    const names = list((found.length > 0 ? found : initiatives).slice(0, 12).map((one) => typed(one.name)));
    if (found.length > 1) return refused(text`“${typed(about)}” fits several initiatives: ${names}. Please write more of the name.`);
    return refused(
      text`No initiative fits “${typed(about)}”. ${initiatives.length > 0 ? text`There are: ${names}.` : 'There is none yet.'}`,
    );
  },
};

function listed(open: Facts['actions'], initiatives: Facts['initiatives'], moment: Moment): Card {
  const reader = actor(moment);
  const today = dayIn(0, moment);
  const overdue = open.filter((one) => one.due! < today).length;
  const pressed = new Set(
    open
      .slice(0, MOST)
      .filter((one) => buttonsFor(one, reader, initiatives).length > 0)
      .slice(0, MOST_PRESSED),
  );
  return {
    title: words('Actions'),
    parts: [
      said(open.length === 0 ? text`Nothing is open.` : text`${open.length} open${overdue > 0 && text`, ${bold(`${overdue} overdue`)}`}.`),
      ...open
        .slice(0, MOST)
        .flatMap((one): Part[] => [
          said(lineOf(one, today, initiatives)),
          ...(pressed.has(one) ? [{ kind: 'buttons' as const, buttons: buttonsFor(one, reader, initiatives) }] : []),
        ]),
      ...(open.length > MOST ? [said(text`And ${open.length - MOST} more, due later than these. Name an initiative to see fewer.`)] : []),
      note(text`Actions come of readiness checks and pilot reviews. Conditions of a decision stand with it: /decisions`),
    ],
  };
}

/** The owner answers for it; the initiative's owner and sponsor can move it, hand it on, or drop it. */
function buttonsFor({ flow, owner, initiative }: Facts['actions'][number], reader: PersonId, initiatives: Facts['initiatives']): Button[] {
  const theirs = initiatives.find((one) => one.id === initiative);
  if (owner === reader)
    return [button('Done', flow, 'done', { style: 'primary' }), button('Move', flow, 'move'), button('Hand on', flow, 'hand-on')];
  if (theirs?.owner === reader || theirs?.sponsor === reader)
    return [button('Move', flow, 'move'), button('Hand on', flow, 'hand-on'), button('Drop', flow, 'drop', { style: 'danger' })];
  return [];
}

function lineOf(
  { title, due, owner, initiative, origin }: Facts['actions'][number],
  today: string,
  initiatives: Facts['initiatives'],
): Text {
  const of = initiatives.find((one) => one.id === initiative);
  const shown = [...title].length > TITLE ? `${[...title].slice(0, TITLE - 1).join('')}…` : title;
  return text`${due! < today && bold('Overdue: ')}${typed(shown)}, ${owner ? person(owner) : 'nobody'}, due ${due}${of && text`, for ${typed(of.name)}`}${origin && text` (${originText(origin)})`}`;
}

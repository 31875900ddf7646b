import { type Card, note, type Part, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, text, typed, words } from '../../src/text.ts';
import { nameOf, outcomeText } from '../decision/state.ts';
import { folded } from '../rules/meant.ts';

interface Facts {
  decisions: readonly Derived['decisions'][];
  actions: readonly Derived['actions'][];
}

const MOST = 15;

/** The decisions, newest first; after the command one may write words of an initiative or an outcome, or D-17. */
export const decisions: Page<Facts> = {
  name: 'decisions',
  needs: () => [
    { as: 'decisions', rows: 'decisions', order: ['number', 'desc'] },
    { as: 'actions', rows: 'actions', where: { state: ['unassigned', 'proposed', 'accepted', 'done', 'met'] } },
  ],
  show(about, _, { decisions: all, actions }) {
    if (all.length === 0)
      return { title: words('Decisions'), parts: [said(text`There is no decision yet. A vote makes one when it closes: /go-no-go`)] };
    const found = all.filter((one) => fits(one, about));
    if (found.length === 0)
      return refused(
        text`No decision fits “${typed(about)}”. Try an initiative, an outcome or a number, like /decisions D-1. The newest is D-${all[0]!.number}, ${typed(all[0]!.title)}.`,
      );
    return listed(found, actions, all);
  },
};

function listed(found: Facts['decisions'], actions: Facts['actions'], all: Facts['decisions']): Card {
  return {
    title: words('Decisions'),
    parts: [
      ...found.slice(0, MOST).map((one) => lineOf(one, actions, found.length === 1, all)),
      ...(found.length > MOST
        ? [note(text`${found.length - MOST} older ones are not shown. Narrow them down: /decisions churn`)]
        : [note(text`A later decision on the same question supersedes an earlier one; none is edited.`)]),
    ],
  };
}

function lineOf(one: Derived['decisions'], actions: Facts['actions'], whole: boolean, all: Facts['decisions']): Part {
  const conditions = actions.filter((action) => action.flow === one.id);
  const accepted = conditions.filter(({ state }) => state !== 'unassigned' && state !== 'proposed').length;
  const later = all.find((other) => other.supersedes === one.id);
  const state =
    one.state === 'conditions open'
      ? accepted === conditions.length
        ? ', its rationale is still to be written'
        : `, ${accepted} of ${conditions.length} conditions accepted`
      : one.state === 'superseded'
        ? `, superseded${later ? ` by ${nameOf(later.id)}` : ''}`
        : '';
  return said(
    text`${bold(`D-${one.number} ${outcomeText(one.outcome, one.conditions, one.met)}`)} ${typed(one.title)}, ${day(one.decided_at)}${state}${one.supersedes && `, supersedes ${nameOf(one.supersedes)}`}.${whole && one.rationale && text` ${bold('Rationale: ')}${typed(one.rationale)}`}`,
  );
}

function fits({ number, title, outcome, state }: Derived['decisions'], about: string): boolean {
  const wanted = folded(about);
  if (/^d-?\d+$/.test(wanted)) return number === Number(wanted.replace(/^d-?/, ''));
  if (['go', 'no-go', 'go with conditions'].includes(wanted)) return folded(outcome) === wanted;
  const all = folded(`${title} ${outcome} ${state}`);
  return wanted.split(' ').every((word) => all.includes(word));
}

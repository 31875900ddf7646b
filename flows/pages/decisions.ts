import { button, type Button, type Card, note, type Part, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, excerpt, text, typed, words } from '../../src/text.ts';
import { outcomeText } from '../decision/state.ts';
import { searchOf } from './search.ts';

interface Facts {
  found?: readonly Derived['decisions'][];
  newest: readonly Derived['decisions'][];
}

/** How many a page has. */
const MOST = 12;

/** The address of a page is kept this short: a button takes no more. */
const LONGEST = 160;

/**
 * `/decisions`: what was decided, newest first. After the command one may write D-17, an outcome, words, or filters such as
 * `since:2027-01-01`. Buttons turn the pages with `before:D-17` and `after:D-17`, so that none is shown twice or missed while others come.
 */
export const decisions: Page<Facts> = {
  name: 'decisions',
  needs(about, { zone }) {
    const newest = { as: 'newest', rows: 'decisions', order: ['number', 'desc'], limit: 1 } as const;
    const number = numberIn(about);
    if (number !== undefined) return [newest, { as: 'found', rows: 'decisions', where: { number }, limit: 1 }];
    const match = searchOf(about, zone);
    return 'refused' in match ? [newest] : [newest, { as: 'found', rows: 'decisions', match, limit: MOST + 1 }];
  },
  show(about, { zone }, { newest: [newest], found = [] }) {
    if (!newest)
      return { title: words('Decisions'), parts: [said(text`There is no decision yet. A vote makes one when it closes: /go-no-go`)] };
    const number = numberIn(about);
    const [one] = found;
    if (number !== undefined && one) return { go: { to: 'record', input: 'show', about: `${one.id} ${one.initiative}` } };
    const search = searchOf(about, zone);
    if ('refused' in search && number === undefined) return search;
    if (!one)
      return refused(
        text`No decision fits “${typed(about)}”. Try an initiative, an outcome or a number, like /decisions D-1. The newest is D-${newest.number}, ${typed(newest.title)}.`,
      );
    return listed(found, about);
  },
};

function listed(found: readonly Derived['decisions'][], about: string): Card {
  const asked = wordsOf(about);
  const backwards = /\bafter:d-/i.test(about);
  const more = found.length > MOST;
  const page = found.slice(0, MOST);
  const shown = backwards ? page.toReversed() : page;
  const [first, last] = [shown[0]!, shown.at(-1)!];
  const isOlder = backwards || more;
  const isNewer = backwards ? more : /\bbefore:d-/i.test(about);
  const turns: Button[] = [
    ...(isNewer ? [turn('Newer', `after:D-${first.number}`, asked)] : []),
    ...(isOlder ? [turn('Older', `before:D-${last.number}`, asked)] : []),
  ];
  return {
    title: words('Decisions'),
    parts: [
      ...shown.map(lineOf),
      {
        kind: 'buttons',
        buttons: shown.slice(0, 5).map((one) => button(`D-${one.number}`, 'record', 'show', { about: `${one.id} ${one.initiative}` })),
      },
      note(
        text`One in full: /decisions D-${first.number}. A later decision on the same question supersedes an earlier one; none is edited.`,
      ),
    ],
    buttons: [...turns, button('As PDF', 'paper', 'open', asked ? { about: asked.slice(0, LONGEST) } : {})],
  };
}

const turn = (label: string, place: string, asked: string): Button =>
  button(label, 'decisions', 'show', { about: `${place} ${asked.slice(0, LONGEST)}`.trim() });

/** What was asked without the page. */
const wordsOf = (about: string): string => about.replaceAll(/\b(?:before|after):d-?\d+ ?/gi, '').trim();

function lineOf(one: Derived['decisions']): Part {
  return said(
    text`${bold(`D-${one.number} ${outcomeText(one.outcome, one.conditions, one.met)}`)} ${typed(one.title)}${one.subject !== null && text`, ${typed(one.subject)}`}, ${day(one.decided_at)}${stateOf(one)}.${
      one.rationale && text` ${typed(excerpt(one.rationale, 140))}`
    }`,
  );
}

function stateOf({ state, conditions }: Derived['decisions']): string {
  switch (state) {
    case 'conditions open':
      return conditions === 0 ? ', its rationale is still to be written' : ', not final yet';
    case 'superseded':
      return ', superseded';
    case 'final':
      return '';
  }
}

const numberIn = (about: string): number | undefined => {
  const found = /^d-?([1-9]\d{0,8})$/i.exec(about.trim());
  return found ? Number(found[1]) : undefined;
};

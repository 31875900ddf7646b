import { button, type Card, items, note, said } from '../../src/card.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { list, person, text, typed } from '../../src/text.ts';
import { compareRated, ratedOf, ratedText } from '../rating/rated.ts';
import { folded } from '../rules/meant.ts';
import { MOST_OPTIONS } from '../vote/ranking.ts';
import { presetOf } from '../vote/preset.ts';

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  ratings: readonly Derived['ratings'][];
}

/** How many initiatives are listed, and how many ratings read. */
const MOST = 20;
const READ = 5_000;

/** `/offshoot rate churn`: the form to rate it. `list` shows the initiatives side by side, the most valuable and feasible first. */
export const ratings: Page<Facts> = {
  name: 'ratings',
  needs: () => [
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
    { as: 'ratings', rows: 'ratings', order: ['at', 'desc'], limit: READ },
  ],
  show(about, _, facts) {
    if (folded(about) === 'list') return listed(facts);
    return { go: { to: 'rating', input: 'open', ...(about ? { about } : {}) } };
  },
};

/** `/offshoot rank churn, returns for the money of 2027`: the opening form of a ranked choice. */
export const ranking: Page = {
  name: 'ranking',
  needs: () => [],
  show: (about) => ({ go: { to: 'vote', input: 'open', about: presetOf('ranking', about) } }),
};

function listed({ initiatives, ratings: all }: Facts): Card {
  const rated = initiatives
    .filter((one) => one.stage !== 'retired')
    .flatMap((one) => {
      const theirs = all.filter((row) => row.initiative === one.id);
      const sum = ratedOf(theirs);
      return sum ? [{ one, sum, theirs }] : [];
    })
    .toSorted((a, b) => compareRated(a.sum, b.sum));
  const first = rated.slice(0, MOST_OPTIONS).map(({ one }) => one.id);
  return {
    title: text`Value and feasibility, side by side`,
    parts: [
      ...(rated.length === 0 ? [said(text`Nothing is rated yet.`)] : []),
      ...(rated.length > 0
        ? [items(rated.slice(0, MOST).map((row) => text`${typed(row.one.name)}: ${ratedText(row.sum)}, by ${list(raters(row.theirs))}`))]
        : []),
      ...(rated.length > MOST ? [said(text`And ${rated.length - MOST} more, which the export lists.`)] : []),
      note(text`Rate one: /offshoot rate. The larger sum of both comes first; each person’s latest rating counts.`),
    ],
    ...(first.length > 1
      ? { buttons: [button('Put them to a ranked vote', 'vote', 'open', { about: presetOf('ranking', first.join(', ')) })] }
      : {}),
  };
}

/** So many names, and how many more. */
const NAMES = 5;

function raters(theirs: Facts['ratings']) {
  const who = [...new Set(theirs.map((one) => one.person))];
  return [...who.slice(0, NAMES).map((one) => person(one)), ...(who.length > NAMES ? [text`${who.length - NAMES} more`] : [])];
}

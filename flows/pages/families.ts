import { type Card, note, type Part, pictured, said } from '../../src/card.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { text, typed, words } from '../../src/text.ts';
import { descendantsOf, familyTree, isAlive, MOST, offshootsOf, type Verdicts } from '../initiative/family.ts';

type Row = Derived['initiatives'];

/** What the trees say of each initiative: its latest decision and the latest verdict of a review. */
export const verdictNeeds: readonly Need[] = [
  { as: 'decisions', rows: 'latest_decisions' },
  { as: 'reviews', rows: 'reviews', where: { state: 'posted' }, order: ['decided_at', 'desc'] },
];

/** The family of one initiative as a tree. */
export function familyCard(one: Row, all: readonly Row[], verdicts: Verdicts): Card {
  const { tree, left } = familyTree(one, all, verdicts);
  return {
    title: text`Family of ${typed(one.name)}`,
    parts: [
      pictured(tree),
      ...(left > 0 ? [said(text`${left} more of the family are left out: this is the branch of ${typed(one.name)}.`)] : []),
      note(
        one.parent === null && offshootsOf(one.id, all).length === 0
          ? text`It has no offshoots yet. Its card registers one: /initiative ${typed(one.name)}`
          : text`A model that was retrained for another use is an offshoot of the one that it came from.`,
      ),
    ],
  };
}

/** All families, the largest first, as many as are read in one message; whoever has neither parent nor offshoot is only counted. */
export function forestCard(all: readonly Row[], verdicts: Verdicts): Card {
  const families = all
    .filter((one) => one.parent === null)
    .map((top) => ({ top, size: 1 + descendantsOf(top.id, all).length }))
    .filter(({ size }) => size > 1)
    .toSorted((a, b) => b.size - a.size);
  const alone = all.length - families.reduce((sum, { size }) => sum + size, 0);
  const parts: Part[] = [];
  let drawn = 0;
  let room = MOST;
  for (const { top, size } of families) {
    // Only the largest one may be cut: what does not fit beside it is told of.
    if (drawn === FAMILIES || (drawn > 0 && size > room)) continue;
    const { tree, left } = familyTree(top, all, verdicts, { isChosen: false });
    parts.push(pictured(tree));
    if (left > 0) parts.push(said(text`${left} more of this family are left out. Name one of them: /initiative tree ${typed(top.name)}`));
    drawn += 1;
    room -= size - left;
  }
  const unseen = families.length - drawn;
  return {
    title: words('Families of initiatives'),
    parts: [
      ...(drawn > 0
        ? parts
        : [said(text`No initiative has an offshoot yet. The card of an initiative registers one: /initiative and its name`)]),
      ...(unseen > 0
        ? [said(text`${unseen} more ${unseen === 1 ? 'family' : 'families'}: name one of its initiatives, like /initiative tree churn`)]
        : []),
      note(text`${alive(all)}.${alone > 0 && ` ${alone} ${alone === 1 ? 'initiative stands' : 'initiatives stand'} alone.`}`),
    ],
  };
}

/** How many families one message shows. */
const FAMILIES = 6;

function alive(all: readonly Row[]): string {
  const count = all.filter((one) => one.parent !== null && isAlive(one)).length;
  return count === 1 ? '1 offshoot is alive' : `${count} offshoots are alive`;
}

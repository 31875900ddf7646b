import { type Card, note, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { list, person, type Text, text, typed, words } from '../../src/text.ts';
import { bodyCard } from '../body/body.ts';
import { foresightText } from '../decision/calibration-cards.ts';
import { initiativeCard } from '../initiative/cards.ts';
import { isAlive, type Verdicts } from '../initiative/family.ts';
import { type Rated, ratedOf, ratedText } from '../rating/rated.ts';
import { folded, meant } from '../rules/meant.ts';
import { familyCard, forestCard, verdictNeeds } from './families.ts';

/** How many lines a list has; a message takes no more. */
const MOST = 30;

/** So many ratings are looked through, the newest. */
const READ = 5_000;
const ratingsNeed = { as: 'ratings', rows: 'ratings', order: ['at', 'desc'], limit: READ } as const;

/** `/initiative`: the form to register one, the card of the one that is meant, the list of all, or their families as trees. */
export const initiatives: Page<
  { initiatives: readonly Derived['initiatives'][]; ratings?: readonly Derived['ratings'][] } & Partial<Verdicts>
> = {
  name: 'initiatives',
  needs: (about) => [
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
    ...(treeMeant(about) === undefined ? [ratingsNeed] : verdictNeeds),
  ],
  show(about, _, { initiatives: all, ratings = [], decisions = [], reviews = [] }) {
    const tree = treeMeant(about);
    if (tree === '') return forestCard(all, { decisions, reviews });
    if (tree !== undefined && meant(about, all).length === 0) {
      const found = fitting(tree, all);
      if (found.length === 1) return familyCard(found[0]!, all, { decisions, reviews });
      if (found.length > 1) return severalFit('initiatives', tree, found);
      return refused(text`No initiative fits “${typed(tree)}”. All families: /initiative tree`);
    }
    if (folded(about) === 'list')
      return named(
        'Initiatives',
        all.map((one) => text`${typed(one.name)}, ${one.stage}, owner ${person(one.owner)}`),
        'Register one: /initiative',
      );
    const found = fitting(about, all);
    if (found.length === 1) return rated(initiativeCard(found[0]!, all), ratedOf(ratings.filter((one) => one.initiative === found[0]!.id)));
    if (found.length > 1) return severalFit('initiatives', about, found);
    return { go: { to: 'initiative', input: 'open', ...(about ? { about: about.slice(0, 80) } : {}) } };
  },
};

/** What people think it is worth, and how far it can be done, below what is known of it. */
function rated(card: Card, sum: Rated | undefined): Card {
  if (!sum) return card;
  const last = card.parts.length - 1;
  return { ...card, parts: [...card.parts.slice(0, last), said(text`Rated: ${ratedText(sum)}.`), ...card.parts.slice(last)] };
}

/** `/offshoot committee`: the form to set one up, or the card of the one that is meant. */
export const committees: Page<{
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
  calibrations?: readonly Derived['calibrations'][];
  places?: readonly Derived['body_channels'][];
}> = {
  name: 'committees',
  needs: () => [
    { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
    { as: 'members', rows: 'members' },
    { as: 'calibrations', rows: 'calibrations' },
    { as: 'places', rows: 'body_channels' },
  ],
  show(about, _, { bodies, members, calibrations = [], places = [] }) {
    if (folded(about) === 'list')
      return named(
        'Committees',
        bodies.map((one) => text`${typed(one.name)}, chair ${person(one.chair)}`),
        'Set one up: /offshoot committee',
      );
    const found = meant(about, bodies);
    const [, name, not] = /^(.+?)( not)? here$/is.exec(about) ?? [];
    const meeting = name === undefined || found.length > 0 ? [] : meant(name, bodies);
    if (meeting.length > 1) return severalFit('committees', name!, meeting);
    if (meeting[0]) return { go: { to: meeting[0].id, input: not ? 'not-here' : 'here' } };
    if (found.length > 1) return severalFit('committees', about, found);
    const [one] = found;
    if (one) {
      const card = bodyCard(
        one,
        members.filter((member) => member.body === one.id),
        places.filter((place) => place.body === one.id).map((place) => place.channel),
      );
      const foresight = foresightText(calibrations.filter((row) => row.body === one.id));
      return foresight ? { ...card, parts: [...card.parts, said(text`Looking back: ${foresight}.`)] } : card;
    }
    return { go: { to: 'body', input: 'open', ...(about ? { about: about.slice(0, 80) } : {}) } };
  },
};

function named(title: string, lines: readonly Text[], hint?: string): Card {
  const rest = lines.length - MOST;
  return {
    title: words(title),
    parts: [
      ...(lines.length > 0 ? lines.slice(0, MOST).map(said) : [said(text`There are none yet.`)]),
      ...(rest > 0 ? [said(text`And ${rest} more: write a part of the name to find one.`)] : []),
      ...(hint ? [note(words(hint))] : []),
    ],
  };
}

/** What stands after the word `tree`, and may be nothing; undefined where that word does not come first. */
function treeMeant(about: string): string | undefined {
  const [found, name = ''] = /^tree(?: (.*))?$/s.exec(folded(about)) ?? [];
  return found === undefined ? undefined : name;
}

/** Of those that fit, the ones that live; a retired one only where no other fits. */
function fitting(about: string, all: readonly Derived['initiatives'][]): readonly Derived['initiatives'][] {
  const alive = meant(about, all.filter(isAlive));
  return alive.length > 0 ? alive : meant(about, all);
}

const severalFit = (what: string, about: string, found: readonly { name: string }[]) =>
  refused(
    text`“${typed(about)}” fits several ${what}: ${list(found.slice(0, 12).map((one) => typed(one.name)))}. Please write more of the name.`,
  );

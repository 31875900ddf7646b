import { type Card, note, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived, Readable } from '../../src/record.ts';
import { bold, day, list, minute, person, text, typed, words } from '../../src/text.ts';
import { bodyCard } from '../body/body.ts';
import { initiativeCard } from '../initiative/initiative.ts';
import { folded, meant } from '../rules/meant.ts';

/** `/initiative`: the form to register one, the card of the one that is meant, or the list of all. */
export const initiatives: Page<{ initiatives: readonly Derived['initiatives'][] }> = {
  name: 'initiatives',
  needs: () => [{ as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] }],
  show(about, _, { initiatives: all }) {
    if (folded(about) === 'list')
      return named(
        'Initiatives',
        all.map((one) => text`${bold(one.name)}, ${one.stage}, owner ${person(one.owner)}`),
        'Register one: /initiative',
      );
    const found = meant(about, all);
    if (found.length === 1) return initiativeCard(found[0]!);
    if (found.length > 1)
      return refused(
        text`“${typed(about)}” fits several initiatives: ${list(found.slice(0, 12).map((one) => typed(one.name)))}. Please write more of the name.`,
      );
    return { go: { to: 'initiative', input: 'open', ...(about ? { about: about.slice(0, 80) } : {}) } };
  },
};

/** `/offshoot committee`: the form to set one up, or the card of the one that is meant. */
export const committees: Page<{ bodies: readonly Derived['bodies'][]; members: readonly Derived['members'][] }> = {
  name: 'committees',
  needs: () => [
    { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
    { as: 'members', rows: 'members' },
  ],
  show(about, _, { bodies, members }) {
    if (folded(about) === 'list')
      return named(
        'Committees',
        bodies.map((one) => text`${bold(one.name)}, chair ${person(one.chair)}`),
        'Set one up: /offshoot committee',
      );
    const found = meant(about, bodies);
    if (found.length > 0)
      return bodyCard(
        found[0]!,
        members.filter((member) => member.body === found[0]!.id),
      );
    return { go: { to: 'body', input: 'open', ...(about ? { about: about.slice(0, 80) } : {}) } };
  },
};

/** `/cadence`: what repeats, when it comes next, and what became of the last reminders. */
export const cadences: Page<{ cadences: readonly Derived['cadences'][]; occurrences: readonly Readable['occurrences'][] }> = {
  name: 'cadences',
  needs: () => [
    { as: 'cadences', rows: 'cadences', order: ['next_at', 'asc'] },
    { as: 'occurrences', rows: 'occurrences', order: ['due', 'desc'], limit: 500 },
  ],
  show(about, _, { cadences: all, occurrences }) {
    if (all.length === 0)
      return {
        title: words('Cadences'),
        parts: [said(text`Nothing repeats yet. The monthly retraining reminder starts by itself when a vote ends in GO: /go-no-go`)],
      };
    const found = about === '' ? all : all.filter((one) => folded(one.title).includes(folded(about)));
    if (found.length === 0)
      return refused(text`No cadence fits “${typed(about)}”. There are: ${list(all.slice(0, 12).map((one) => typed(one.title)))}.`);
    return {
      title: words('Cadences'),
      parts: found.slice(0, 15).map((one) => {
        const past = occurrences.filter((occurrence) => occurrence.cadence === one.id).slice(0, 3);
        const next = one.next_at ? text`next ${minute(one.next_at)}` : text`ended`;
        return said(
          text`${bold(one.title)}, ${next}, asks ${person(one.asked)}.${past.length > 0 && text` Lately: ${list(past.map((occurrence) => text`${day(occurrence.due)} ${occurrence.state}`))}.`}`,
        );
      }),
    };
  },
};

function named(title: string, lines: readonly ReturnType<typeof text>[], more: string): Card {
  return {
    title: words(title),
    parts: [...(lines.length > 0 ? lines.slice(0, 40).map(said) : [said(text`There are none yet.`)]), note(words(more))],
  };
}

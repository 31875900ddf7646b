import { pages } from '../../../flows/index.ts';
import { DAY, moment, PM, START } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** What only reads, over rows as the other flows leave them. */
export function pageSamples(shelf: Shelf): void {
  const { initiatives, bodies, members } = shelf;
  const { name, text } = shelf.size;
  const waiting = shelf.many((n) => ({
    person: PM,
    flow: `${['vote', 'decision', 'cadence'][n % 3]!}/${n}`,
    kind: (['vote', 'condition', 'reminder'] as const)[n % 3],
    key: n % 3 === 1 ? 'debt' : String(n),
    title: name,
    due: START + n * DAY,
  }));
  const decisions = shelf.many((n) => ({
    id: `decision/${n}`,
    number: n,
    vote: `vote/${n}`,
    initiative: 'initiative/1',
    title: name,
    outcome: 'GO WITH CONDITIONS',
    state: 'conditions open',
    rationale: text,
    decided_at: START,
    final_at: null,
    review_at: START + 90 * DAY,
    supersedes: null,
  }));
  const facts = {
    waiting,
    votes: shelf.many((n) => ({ id: `vote/${n + 100}`, title: name, deadline: START + DAY })),
    decisions,
    actions: [{ flow: 'decision/1', key: 'debt', state: 'accepted' }],
    initiatives,
    bodies,
    members,
  };
  for (const [page, about] of [
    ['help', ''],
    ['help', 'go-no-go'],
    ['mine', ''],
    ['decisions', ''],
    ['initiatives', name],
    ['initiatives', 'list'],
    ['committees', name],
    ['committees', 'list'],
  ] as const) {
    const shown = pages.find((one) => one.name === page)!.show(about, moment(PM), facts);
    if ('refused' in shown || 'go' in shown) throw new Error(`${page} ${about} shows no card`);
    shelf.cards.set(`page ${page}${about ? ` ${about === name ? 'one' : about}` : ''}`, shown);
  }
}

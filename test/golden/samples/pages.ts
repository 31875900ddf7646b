import { pages } from '../../../flows/index.ts';
import { CHAIR, DAY, moment, PM, START } from '../../flows/given.ts';
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
    supersedes: n > 1 ? `decision/${n - 1}` : null,
    question: 'go-no-go',
    subject: name,
    body: 'body/1',
    conditions: 3,
    met: 2,
    why: text,
    dissent: JSON.stringify([CHAIR]),
  }));
  const ballots = shelf.many((n) => ({
    decision: 'decision/1',
    person: `person/${n}`,
    criterion: 'roi',
    choice: n % 2 ? 'go' : 'no-go',
    reason: n % 2 ? null : text,
    place: 2,
    text: 'Positive ROI at scale',
  }));
  const facts = {
    waiting,
    votes: [
      {
        id: 'vote/1',
        title: name,
        openness: 'open',
        rule: 'any no-go blocks',
        opened_at: START,
        deadline: START + DAY,
      },
      ...shelf.many((n) => ({ id: `vote/${n + 100}`, title: name, deadline: START + DAY })),
    ],
    decisions,
    found: decisions,
    newest: decisions.slice(-1),
    actions: [{ flow: 'decision/1', key: 'debt', state: 'accepted' }],
    initiatives,
    bodies,
    members,
    later: decisions.slice(1, 2),
    conditions: shelf.many((n) => ({ flow: 'decision/1', key: `c ${n}`, title: text, owner: PM, due: '2027-04-30', state: 'accepted' }), 7),
    ballots,
    reviews: [],
    checks: [],
    mutes: [{ id: 'mute/1', person: PM, kind: 'due', at: START }],
  };
  for (const [page, about] of [
    ['help', ''],
    ['help', 'go-no-go'],
    ['mine', ''],
    ['nudges', ''],
    ['decisions', ''],
    ['record', 'decision/1 initiative/1'],
    ['record', 'decision/1 initiative/1 2'],
    ['initiatives', name],
    ['initiatives', 'list'],
    ['committees', name],
    ['committees', 'list'],
  ] as const) {
    const shown = pages.find((one) => one.name === page)!.show(about, moment(PM), facts);
    if ('refused' in shown || 'go' in shown) throw new Error(`${page} ${about} shows no card`);
    const shownAs = about === name ? 'one' : about.replace('decision/1 initiative/1', 'one');
    shelf.cards.set(`page ${page}${about ? ` ${shownAs}` : ''}`, shown);
  }
}

import { initiative } from '../../../flows/initiative/initiative.ts';
import { initiatives as page } from '../../../flows/pages/things.ts';
import type { Page } from '../../../src/page.ts';
import type { Derived } from '../../../src/record.ts';
import { Given, moment, PM, SPONSOR, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** An initiative with its offshoots: the usual family has two generations of them, the largest has more members than are drawn. */
export function familySamples(shelf: Shelf): void {
  const { initiatives, isLarge } = shelf;
  const { name, text } = shelf.size;
  const [parent] = initiatives;
  const offshoots = shelf.many((n): Derived['initiatives'] => ({
    ...parent!,
    id: `initiative/${n + 1}`,
    name: isLarge ? name : `${name} for ${n === 1 ? 'nurses' : 'night shifts'}`,
    parent: isLarge ? 'initiative/1' : `initiative/${n}`,
    recontextualized: `users: ${text}`,
  }));
  const all = [parent!, ...offshoots];
  const facts = {
    initiatives: all,
    decisions: all.map((one, n) => ({ number: n + 1, initiative: one.id, outcome: 'GO WITH CONDITIONS', decided_at: START })).slice(-1),
    reviews: all.map((one) => ({ initiative: one.id, verdict: 'SCALE', decided_at: START })).slice(0, -1),
  };
  for (const about of ['2', 'tree 1', 'tree']) {
    const shown = (page as Page).show(about, moment(PM), facts);
    if ('refused' in shown || 'go' in shown) throw new Error(`initiatives ${about} shows no card`);
    shelf.cards.set(`page initiatives ${about === '2' ? 'offshoot' : about === 'tree' ? 'trees' : 'tree'}`, shown);
  }
  shelf.askOpening('initiative offshoot', initiative, `of initiative/1 ${name}`, facts);
  const given = new Given(
    initiative,
    taken(
      start(
        initiative,
        { name, owner: PM, sponsor: SPONSOR, channel: 'channel/2', parent: 'initiative/1', context: 'users', how: text },
        moment(PM),
        {
          initiatives: all.map((one) => ({ ...one, name: `${one.name} 1` })),
        },
      ),
    ).state,
  );
  shelf.show('initiative offshoot', given, 'offshoot');
  shelf.ask('initiative offshoot edit', given, { input: 'edit' }, PM, { initiatives: all, self: [all[1]] });
}

import { ETHICS } from '../../../flows/criteria/ethics.ts';
import { ethics } from '../../../flows/ethics/ethics.ts';
import { roadblocks as roadblocksPage } from '../../../flows/pages/roadblocks.ts';
import { roadblock } from '../../../flows/roadblock/roadblock.ts';
import { Given, member, moment, PM, SPONSOR, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** Ethics reviews and roadblocks. */
export function concernSamples(shelf: Shelf): void {
  const { initiatives } = shelf;
  const { text } = shelf.size;
  const facts = { initiatives, reviews: [], left: [] };

  shelf.askOpening('ethics open', ethics, '', facts);
  const asked = new Given(
    ethics,
    taken(start(ethics, { initiative: 'initiative/1', person: member(1), due: '2027-03-15' }, moment(PM), facts)).state,
  );
  shelf.show('ethics asking', asked, 'ethics');
  shelf.show('ethics ask', asked, 'ask 1');
  shelf.ask('ethics answer', asked, { input: 'answer' }, member(1));
  shelf.ask('ethics hand on', asked, { input: 'hand-on' }, member(1));
  shelf.ask('ethics cancel', asked, { input: 'cancel' }, PM);
  asked.when({ type: 'hand-on', person: member(2), note: text }, moment(member(1)));
  asked.when({ type: 'remind' }, moment(undefined));
  shelf.show('ethics reminder', asked, 'reminder 2');
  const findings = ['order', 'amiss', 'unsure', 'order'];
  const answers = Object.fromEntries(
    ETHICS.flatMap(({ key }, index) => [
      [key, findings[index]],
      [`${key}-evidence`, text],
    ]),
  );
  asked.when({ type: 'answer', ...answers, owner: SPONSOR, by: '2027-04-01' }, moment(member(2)));
  shelf.show('ethics answered', asked, 'ethics');
  shelf.show('ethics result', asked, 'result');

  shelf.askOpening('roadblock open', roadblock, '', facts);
  const brief = {
    initiative: 'initiative/1',
    what: text,
    cause: 'training',
    response: 'train',
    how: text,
    owner: member(1),
    due: '2027-03-15',
  };
  const blocked = new Given(roadblock, taken(start(roadblock, brief, moment(PM), facts)).state);
  shelf.show('roadblock', blocked, 'roadblock');
  shelf.show('roadblock ask', blocked, 'ask 1');
  shelf.ask('roadblock edit', blocked, { input: 'edit' }, PM);
  shelf.ask('roadblock resolve', blocked, { input: 'resolve' }, member(1));
  shelf.ask('roadblock accept', blocked, { input: 'accept' }, SPONSOR);
  blocked.when({ type: 'remind' }, moment(undefined, Date.UTC(2027, 2, 22, 8)));
  shelf.show('roadblock reminder', blocked, 'reminder 1 2027-03-15 1');
  const rows = shelf.many((n) => ({
    id: `roadblock/${n}` as const,
    initiative: 'initiative/1' as const,
    what: text,
    cause: 'fear',
    response: 'involve',
    owner: member(n),
    due: '2027-04-01',
    state: n === 1 ? ('open' as const) : ('accepted' as const),
    raised_at: 0,
    ended_at: null,
  }));
  const list = roadblocksPage.show('list', moment(PM), { initiatives, roadblocks: rows });
  if ('parts' in list) shelf.cards.set('roadblocks list', list);
  blocked.when({ type: 'accept', what: text }, moment(SPONSOR));
  shelf.show('roadblock accepted', blocked, 'roadblock');
}

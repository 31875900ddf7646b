import { type Evidence, evidence } from '../../../flows/evidence/evidence.ts';
import { type Introduction, introduction } from '../../../flows/introduction/introduction.ts';
import { evidenceList } from '../../../flows/pages/evidence.ts';
import type { Derived } from '../../../src/record.ts';
import { DAY, Given, member, moment, PM, SPONSOR, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function evidenceSamples(shelf: Shelf): void {
  const { initiatives } = shelf;
  const { text } = shelf.size;
  const link = shelf.isLarge ? `https://wiki.example.com/${'x'.repeat(475)}` : 'https://wiki.example.com/scan?build=12&full';
  const facts = { initiatives, evidence: [] };
  shelf.askOpening('evidence open', evidence, '', facts);
  const brief = { initiative: 'initiative/1', criterion: 'go-no-go debt', says: text, link };
  const put = new Given<Evidence>(evidence, taken(start<Evidence>(evidence, brief, moment(member(1)), facts)).state);
  shelf.show('evidence note', put, 'note');
  shelf.ask('evidence withdraw', put, { input: 'withdraw' }, PM, facts);

  const row = (n: number): Derived['evidence'] => ({
    id: `evidence/${n}`,
    initiative: 'initiative/1',
    criterion: n % 2 === 0 ? 'go-no-go debt' : null,
    says: n % 5 === 0 || !shelf.isLarge ? text : 'n'.repeat(n),
    link: n % 3 === 0 ? null : n % 5 === 0 ? link : 'https://wiki.example.com/scan',
    person: n % 2 === 0 ? PM : SPONSOR,
    at: START - n * DAY,
  });
  const lists = { some: shelf.many(row, 21), none: [], long: shelf.many((n) => ({ ...row(n), says: text, link }), 21) };
  for (const [name, rows] of Object.entries(lists)) {
    const shown = evidenceList.show('list initiative/1', moment(PM), { initiatives, evidence: rows });
    if (!('parts' in shown)) throw new Error(`the list of ${name} is no card`);
    shelf.cards.set(`page evidence ${name}`, shown);
  }
}

export function introductionSamples(shelf: Shelf): void {
  const [one] = shelf.initiatives;
  const initiatives = shelf.many((n) => ({ ...one!, id: `initiative/${n}` as const }), 12);
  const decisions = [{ initiative: 'initiative/1', number: 17, outcome: 'GO WITH CONDITIONS', decided_at: START }];
  const here = { ...moment(member(1)), here: { channel: 'channel/2' as const, zone: 'UTC' } };
  const made = new Given<Introduction>(introduction, taken(start<Introduction>(introduction, {}, here, { initiatives, decisions })).state);
  shelf.show('introduction', made, 'introduction');
}

import { body } from '../../../flows/body/body.ts';
import { initiative } from '../../../flows/initiative/initiative.ts';
import { CHAIR, Given, moment, PM, SPONSOR, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function registerSamples(shelf: Shelf): void {
  const { initiatives, bodies, electors } = shelf;
  const { name } = shelf.size;
  shelf.askOpening('initiative open', initiative, name, { initiatives });
  const registered = new Given(
    initiative,
    taken(start(initiative, { name, owner: PM, sponsor: SPONSOR, channel: 'channel/2' }, moment(PM), { initiatives: [] })).state,
  );
  shelf.ask('initiative edit', registered, { input: 'edit' }, PM, { initiatives, self: initiatives });
  shelf.ask('initiative retire', registered, { input: 'retire' }, PM);
  shelf.askOpening('body open', body, name, { bodies });
  const founded = new Given(
    body,
    taken(start(body, { name, members: electors, chair: CHAIR, quorum: '60 %', rule: 'majority' }, moment(PM), { bodies: [] })).state,
  );
  shelf.ask('body edit', founded, { input: 'edit' }, CHAIR);
  shelf.ask('body deputy', founded, { input: 'deputy' }, CHAIR);
  founded.when({ type: 'deputy', deputy: PM, from: '2027-03-01', until: '2027-03-14' }, moment(CHAIR));
  shelf.show('body deputy', founded, founded.keys[0]!);
}

import { administrator } from '../../../flows/administrator/administrator.ts';
import { type Join, join } from '../../../flows/join/join.ts';
import { link } from '../../../flows/link/link.ts';
import type { Link } from '../../../flows/link/state.ts';
import { administrators } from '../../../flows/pages/administrators.ts';
import { CHAIR, Given, moment, PM, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function administrationSamples(shelf: Shelf): void {
  const { name } = shelf.size;
  const all = shelf.many((n) => ({ id: `administrator/${n}` as const, person: n === 1 ? PM : CHAIR, since: START }));
  shelf.askOpening('administrator open', administrator, '', { administrators: all });
  const shown = administrators.show('', moment(PM), { administrators: all });
  if (!('parts' in shown)) throw new Error('the list of administrators is no card');
  shelf.cards.set('page administrators', shown);

  const begun = taken(start<Join>(join, {}, { ...moment(PM), chance: 'ABCD-EFGH-JKMN' }, { administrators: all }));
  const given = new Given<Join>(join, begun.state);
  const asked = { installation: 2, platform: 'teams', name, who: name, journal: 'f'.repeat(64) };
  given.when({ type: 'answered', ...asked }, moment(undefined));
  shelf.show('join asked', given, 'asked');
  given.when({ type: 'late' }, moment(undefined));
  shelf.show('join late', given, 'asked');

  const told = taken(start<Link>(link, {}, { ...moment(PM), chance: 'ABCD-EFGH-JKMN' }, {}));
  const two = new Given<Link>(link, told.state);
  two.when({ type: 'answered', platform: 'teams', theirs: ['slack'] }, moment(CHAIR));
  shelf.show('link there', two, 'there');
  two.when({ type: 'confirm' }, moment(CHAIR));
  shelf.show('link there, confirmed', two, 'there');
  shelf.show('link here', two, 'here');
  two.when({ type: 'link' }, moment(PM));
  shelf.show('link done', two, 'here');
}

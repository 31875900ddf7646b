import { administrator } from '../../../flows/administrator/administrator.ts';
import { administrators } from '../../../flows/pages/administrators.ts';
import { CHAIR, moment, PM, START } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function administrationSamples(shelf: Shelf): void {
  const all = shelf.many((n) => ({ id: `administrator/${n}` as const, person: n === 1 ? PM : CHAIR, since: START }));
  shelf.askOpening('administrator open', administrator, '', { administrators: all });
  const shown = administrators.show('', moment(PM), { administrators: all });
  if (!('parts' in shown)) throw new Error('the list of administrators is no card');
  shelf.cards.set('page administrators', shown);
}

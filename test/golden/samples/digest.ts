import { digest } from '../../../flows/digest/digest.ts';
import type { Digest } from '../../../flows/digest/state.ts';
import { Given, HOUR, member, moment, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function digestSamples(shelf: Shelf): void {
  const { name } = shelf.size;
  const row = (n: number, elector = member(1)) => ({
    person: member(1),
    vote: `vote/${n}`,
    elector,
    title: name,
    committee: name,
    deadline: START + n * HOUR,
    from_at: null,
    until_at: null,
  });
  const shown = (ballots: readonly object[], more: object = {}): Given<Digest> => {
    const brief = { type: 'ask', person: member(1), zone: 'Europe/Berlin', deadline: START + HOUR };
    return new Given<Digest>(digest, taken(start<Digest>(digest, brief, moment(undefined), { ballots, ...more })).state);
  };
  shelf.show('digest', shown([row(1)]), 'digest 2027-03-01');
  shelf.show('digest of several', shown([row(1), row(1, member(2)), ...shelf.many((n) => row(n + 1))]), 'digest 2027-03-01');
  const away = { absences: [{ person: member(1), until_at: START + 24 * HOUR }] };
  shelf.show(
    'digest of one who is away',
    shown(
      shelf.many((n) => row(n)),
      away,
    ),
    'digest 2027-03-01',
  );
}

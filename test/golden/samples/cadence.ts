import { cadence } from '../../../flows/cadence/cadence.ts';
import type { Cadence } from '../../../flows/cadence/state.ts';
import { DAY, Given, HOUR, moment, PM, SPONSOR, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function cadenceSamples(shelf: Shelf): void {
  const { name, text } = shelf.size;
  const kept = new Given<Cadence>(
    cadence,
    taken(
      start<Cadence>(
        cadence,
        {
          kind: 'retraining',
          initiative: { id: 'initiative/1', name, owner: PM, sponsor: SPONSOR },
          channel: 'channel/2',
          startedBy: 'D-1',
        },
        moment(undefined),
        { cadences: [], channel: [{ zone: 'Europe/Berlin' }] },
      ),
    ).state,
  );
  const checkIn = {
    retrained: 'yes',
    window: name,
    metric: name,
    before: 79,
    after: 78.5,
    target: 80,
    compliant: 'yes',
    representative: 'unsure',
    reliable: 'no',
    valuable: 'yes',
    changed: text,
  };
  kept.when({ type: 'due' }, moment(undefined, kept.state.next, kept.state.next));
  shelf.show('reminder first', kept, 'reminder 1 1');
  shelf.ask('reminder check-in', kept, { input: 'done', about: '1' }, PM);
  shelf.ask('reminder snooze', kept, { input: 'snooze', about: '1' }, PM);
  shelf.ask('reminder skip', kept, { input: 'skip', about: '1' }, PM);
  kept.when({ type: 'done', about: '1', ...checkIn }, moment(PM, kept.state.next - 30 * DAY));
  shelf.show('reminder done', kept, 'reminder 1 1');
  kept.when({ type: 'due' }, moment(undefined, kept.state.next + 31 * DAY, kept.state.next));
  shelf.show('reminder late', kept, `reminder ${kept.state.count} 1`);
  kept.when({ type: 'snooze', about: String(kept.state.count), until: 'tomorrow' }, moment(PM, kept.state.current!.posted!));
  shelf.show('reminder snoozed', kept, `reminder ${kept.state.count} 1`);
  kept.when({ type: 'skip', about: String(kept.state.count), reason: text }, moment(PM, kept.state.current!.posted! + HOUR));
  shelf.show('reminder skipped', kept, `reminder ${kept.state.count} 1`);
}

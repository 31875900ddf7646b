import { flows } from '../../flows/index.ts';
import { rebuild as deriveAll } from '../upgrade.ts';
import { type Command, counted, outcome } from './command.ts';
import { alone } from './database.ts';
import { settings } from './settings.ts';

export const rebuild: Command = {
  name: 'rebuild',
  does: 'Makes the derived tables anew from the states.',
  more: `Initiatives, committees, reviews, readiness checks, evidence, introductions, administrators,
templates, ethics reviews, roadblocks, ratings, mutes, votes, decisions, actions, cadences, and the
timers and messages that are wanted, follow from the states of the flows and are written again.
Ballots, answers, occurrences and the journal are never touched, and what has taken effect does so
no second time. Each flow is rebuilt in one go: should it end half way, start it again. Refuses
while Offshoot runs.`,
  example: 'npx offshoot rebuild',
  async run(_, terminal) {
    const { database } = settings(terminal);
    const rebuilt = await alone(database, (store) => deriveAll(store, flows));
    return outcome(true, [`Rebuilt what follows from ${counted(rebuilt, 'flow')}.`], { flows: rebuilt });
  },
};

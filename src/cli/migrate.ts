import { hold } from '../../adapters/store/file.ts';
import { migrate as bringUp } from '../../adapters/store/migrate.ts';
import { connect } from '../../adapters/store/sqlite.ts';
import { type Command, outcome } from './command.ts';
import { settings } from './settings.ts';

export const migrate: Command = {
  name: 'migrate',
  does: 'Brings the database to the newest schema.',
  more: `All migrations that are missing run, or none of them. Start does the same by itself; make a backup before an upgrade.
Makes the database where there is none. Refuses while Offshoot runs.`,
  example: 'npx offshoot migrate',
  async run(_, terminal) {
    const { database } = settings(terminal);
    const held = hold(database);
    const connection = connect(database);
    try {
      const migrated = await bringUp(connection);
      const lines =
        migrated.length === 0 ? ['The database is up to date; nothing was to be done.'] : migrated.map((name) => `Ran ${name}.`);
      return outcome(true, lines, { migrated });
    } finally {
      connection.close();
      held.release();
    }
  },
};

import { existsSync, statSync } from 'node:fs';
import { copyTo } from '../../adapters/store/copy.ts';
import { openReader } from '../../adapters/store/reader.ts';
import { type Command, outcome, Trouble } from './command.ts';
import { settings } from './settings.ts';

export const backup: Command = {
  name: 'backup',
  argument: '<file>',
  does: 'Copies the database into a file, also while Offshoot runs.',
  more: `The copy holds one committed state, is checked before it gets its name, and may be read by its owner only. An existing file is
never overwritten.`,
  example: 'npx offshoot backup backups/monday.db',
  async run({ argument: file }, terminal) {
    const { database } = settings(terminal);
    if (existsSync(file)) throw new Trouble(`${file} exists already and is not overwritten. Choose another name.`);
    const reader = openReader(database);
    try {
      // The copy is a reading of its own, of the newest state.
      reader.connection.exec('COMMIT');
      await copyTo(reader.connection, file);
    } finally {
      reader.close();
    }
    const bytes = statSync(file).size;
    return outcome(true, [`Copied ${database} to ${file} (${bytes.toLocaleString('en-GB')} bytes) and found the copy sound.`], {
      file,
      bytes,
    });
  },
};

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkSound, copyTo, Damaged, replaceBy } from '../../adapters/store/copy.ts';
import { hold } from '../../adapters/store/file.ts';
import { schemaOf } from '../../adapters/store/migrate.ts';
import { openReader, type Reader } from '../../adapters/store/reader.ts';
import { fileVault, keysOf } from '../../adapters/store/vault.ts';
import { audit } from '../audit.ts';
import { type Command, counted, outcome, Trouble } from './command.ts';
import { settings } from './settings.ts';

export const restore: Command = {
  name: 'restore',
  argument: '<file>',
  does: 'Puts a backup in the place of the database.',
  more: `The backup is checked first: its structure, its schema and its journal. The present database is kept beside it under a name
with the date. Refuses while Offshoot runs. What happened after the backup was made is not in it: messages posted since then stay
in their channels, and their buttons answer that there is no such vote, or that of the same number.`,
  example: 'npx offshoot restore backups/monday.db',
  async run({ argument: file }, terminal) {
    const { database } = settings(terminal);
    if (!existsSync(file)) throw new Trouble(`There is no file ${file}.`);
    if (resolve(file) === resolve(database)) throw new Trouble(`${file} is the database itself. Name a backup of it.`);
    const held = hold(database);
    try {
      const fresh = `${database}.restored`;
      const entries = await copyChecked(file, fresh);
      const aside = `${database}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
      const kept = replaceBy(database, fresh, aside);
      const lines = [
        `Restored ${file} with ${counted(entries, 'journal entry', 'journal entries')}.`,
        ...(kept ? [`What was there before is kept as ${aside}.`] : []),
        ...(await lostVotes(database)),
      ];
      return outcome(true, lines, { entries, ...(kept ? { aside } : {}) });
    } finally {
      held.release();
    }
  },
};

/** What becomes of the secret votes that are open in it and whose keys are not here: they closed since, or were held on another machine. */
async function lostVotes(database: string): Promise<string[]> {
  const reader = openReader(database);
  try {
    if (schemaOf(reader.connection).missing.length > 0) return [];
    const vault = fileVault(keysOf(database));
    const lost = (await reader.look((tables) => tables.sealedVotes())).filter((one) => !vault.keyOf(one));
    return lost.map(
      ({ workspace, vote }) =>
        `The secret ${vote.replace('/', ' ')} of workspace ${workspace} is open in it, and its key is not in ${keysOf(database)}: its ballots cannot be read. It is cancelled with that reason, and has to be opened again.`,
    );
  } finally {
    reader.close();
  }
}

/** Copies a backup that is fit to be restored and counts its journal entries; throws what is wrong with any other. */
async function copyChecked(file: string, fresh: string): Promise<number> {
  const reader = opened(file);
  try {
    checkSound(reader.connection);
    const { ran, unknown } = schemaOf(reader.connection);
    if (ran.length === 0) throw new Trouble(`${file} is a database, but none of Offshoot’s.`);
    if (unknown.length > 0)
      throw new Trouble(`${file} was written by a newer Offshoot, with ${unknown.join(', ')}. Install that one first.`);
    const journals = await audit(reader);
    const bad = journals.find((one) => one.broken);
    if (bad) throw new Trouble(`The journal in ${file} breaks at entry ${bad.broken!.seq}: ${bad.broken!.why}. Choose an older backup.`);
    reader.connection.exec('COMMIT');
    await copyTo(reader.connection, fresh);
    return journals.reduce((sum, one) => sum + one.entries, 0);
  } catch (fault) {
    throw fault instanceof Damaged ? unsound(file) : fault;
  } finally {
    reader.close();
  }
}

function opened(file: string): Reader {
  try {
    return openReader(file);
  } catch {
    throw unsound(file);
  }
}

const unsound = (file: string): Trouble => new Trouble(`${file} is no sound SQLite database. Nothing was changed; choose another backup.`);

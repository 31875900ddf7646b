import { checkSound } from '../../adapters/store/copy.ts';
import { schemaOf } from '../../adapters/store/migrate.ts';
import { openReader, type Reader } from '../../adapters/store/reader.ts';
import { audit } from '../audit.ts';
import { fileVault, keysOf } from '../../adapters/store/vault.ts';
import { spentKeys } from '../sealing.ts';
import type { Store } from '../store.ts';
import { counted } from './command.ts';
import { fault, type Finding, good } from './finding.ts';
import { troubleOf } from './trouble.ts';

/** What is to be said of the database; the first fault that makes the rest unreadable ends the list. */
export async function databaseFindings(file: string): Promise<Finding[]> {
  let reader: Reader | undefined;
  try {
    reader = openReader(file);
    checkSound(reader.connection);
    const found = [good('database', 'The database answers and is sound.'), settingsFinding(reader), schemaFinding(reader)];
    if (found.some((finding) => finding.check === 'schema' && !finding.ok)) return found;
    return [
      ...found,
      ...(await journalFindings(reader)),
      await workFinding(reader),
      ...(await heldFindings(reader)),
      ...(await keyFindings(reader, file)),
      ...(await webhookFindings(reader)),
    ];
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    if (!trouble) throw thrown;
    return [{ check: 'database', ok: false, says: trouble.says }];
  } finally {
    reader?.close();
  }
}

/** What every connection of Offshoot's is opened with; without it, something acknowledged could be gone after a power cut. */
function settingsFinding({ connection }: Reader): Finding {
  const pragma = (name: string) => String(connection.pragma(name, { simple: true }));
  const [mode, synchronous, keys] = [pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')];
  // A copy that was just restored is in the mode of a single file until it is first opened for writing.
  const later = mode === 'delete' ? ' (wal from the next start on)' : '';
  const says = `journal_mode=${mode}${later} synchronous=${synchronous === '2' ? 'FULL' : synchronous} foreign_keys=${keys}`;
  if ((mode === 'wal' || later) && synchronous === '2' && keys === '1') return good('pragmas', `${says}.`);
  return fault('pragmas', `${says}, where wal, FULL and 1 are needed.`, 'Start Offshoot once: npx offshoot start');
}

function schemaFinding({ connection }: Reader): Finding {
  const { ran, missing, unknown } = schemaOf(connection);
  if (unknown.length > 0)
    return fault('schema', `The database was written by a newer Offshoot, with ${unknown.join(', ')}.`, 'Install that one again.');
  if (missing.length > 0)
    return fault('schema', `The schema is behind by ${missing.join(', ')}.`, 'Make a backup, then run npx offshoot migrate.');
  return good('schema', `The schema is up to date, with ${counted(ran.length, 'migration')}.`);
}

async function journalFindings(reader: Pick<Store, 'look'>): Promise<Finding[]> {
  const journals = await audit(reader);
  return journals.map(({ workspace, entries, broken }) =>
    broken
      ? fault(
          'journal',
          `The journal of workspace ${workspace} breaks at entry ${broken.seq}: ${broken.why}.`,
          'Somebody or something changed the database. Compare it with a backup: npx offshoot verify',
        )
      : good('journal', `The journal of workspace ${workspace} holds, with ${counted(entries, 'entry', 'entries')}.`),
  );
}

async function workFinding(reader: Pick<Store, 'look'>): Promise<Finding> {
  const { owed, due } = await reader.look((tables) => tables.health(Date.now()));
  if (owed === 0 && due === 0) return good('work', 'Nothing is owed and nothing is due.');
  return good('work', `${counted(owed, 'message')} owed and ${counted(due, 'timer')} due; Offshoot sees to them while it runs.`);
}

const NEXT = {
  timer: 'See the log for what went wrong; when that is mended: npx offshoot doctor --release',
  delivery: 'When that is mended: npx offshoot doctor --release',
  uncertain: 'If it is not there: npx offshoot doctor --release-uncertain. If it is: npx offshoot doctor --delivered',
} as const;

async function heldFindings(reader: Pick<Store, 'look'>): Promise<Finding[]> {
  const held = await reader.look((tables) => tables.heldThings());
  return held.map(({ kind, what, why }) => fault(kind, `${WHAT[kind]}: ${what}: ${why}.`, NEXT[kind]));
}

async function webhookFindings(reader: Pick<Store, 'look'>): Promise<Finding[]> {
  const troubled = await reader.look((tables) => tables.webhookTroubles());
  return troubled.map(({ workspace, id, url, failed, owed, why }) =>
    fault(
      'webhook',
      `Webhook ${id} of workspace ${workspace} (${new URL(url).host}) was not told ${counted(failed, 'time')} and is owed ${owed}: ${why ?? 'it is slow'}.`,
      `Mend it, or remove it: npx offshoot webhook remove ${id}`,
    ),
  );
}

const WHAT = { timer: 'A timer is held', delivery: 'A message is held', uncertain: 'A message may have been sent or not' } as const;

/** Secret votes whose ballots nobody can read any more, and keys that outlived their vote. */
async function keyFindings(reader: Pick<Store, 'look'>, file: string): Promise<Finding[]> {
  const vault = fileVault(keysOf(file));
  const spent = (await spentKeys(reader, vault)).map(({ workspace, vote }) =>
    fault(
      'key',
      `The key of the secret ${vote.replace('/', ' ')} of workspace ${workspace} is still in ${keysOf(file)}, though the vote is over.`,
      'Let Offshoot write and remove files in that folder, and start it again: it destroys the key.',
    ),
  );
  const lost = (await reader.look((tables) => tables.sealedVotes())).filter((vote) => !vault.keyOf(vote));
  const missing = lost.map(({ workspace, vote }) =>
    fault(
      'key',
      `The key of the secret ${vote.replace('/', ' ')} of workspace ${workspace} is not in ${keysOf(file)}: its ballots cannot be read.`,
      'Put the key back if you have it. Else the vote is cancelled at its deadline, or when somebody presses Vote, and has to be opened again.',
    ),
  );
  return [...missing, ...spent];
}

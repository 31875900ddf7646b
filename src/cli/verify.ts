import { flows } from '../../flows/index.ts';
import { type Audited, audit } from '../audit.ts';
import { type Drift, driftOf } from '../drift.ts';
import { type Command, counted, outcome, WrongUse } from './command.ts';
import { reading } from './database.ts';
import { settings } from './settings.ts';

/** As many hexadecimal digits as a decision's message shows. */
const SHORTEST = 16;

export const verify: Command = {
  name: 'verify',
  does: 'Checks the journal from its first entry to its last.',
  more: `Walks the chain of digests of each workspace and names the first entry that does not hold, prints the digest of the last
entry, and compares the tables that follow from the states with what they should say. Works while Offshoot runs.`,
  options: {
    witness: { type: 'string', does: 'Finds the entry with this <digest>: the “Journal” line of a decision’s message.' },
  },
  example: 'npx offshoot verify --witness 5f2c8a9e01b7d344',
  async run({ options }, terminal) {
    const { witness } = options as { witness?: string };
    if (witness !== undefined && !new RegExp(`^[0-9a-f]{${SHORTEST},64}$`).test(witness))
      throw new WrongUse(`--witness is ${SHORTEST} to 64 hexadecimal digits, as a decision’s message shows them.`);
    const { database } = settings(terminal);
    return await reading(database, async (reader) => {
      const journals = await audit(reader, witness);
      const drift = await driftOf(reader, flows);
      const witnessed = witness === undefined || journals.some((one) => one.witnessed !== undefined);
      const ok = journals.every((one) => !one.broken) && drift.length === 0 && witnessed;
      const lines = [
        ...journals.flatMap(journalLines),
        ...(witnessed ? [] : ['No entry has that digest: the journal is not the one that the message was written from.']),
        ...driftLines(drift),
      ];
      return outcome(ok, lines, { journals, drift, ...(witness === undefined ? {} : { witnessed }) });
    });
  },
};

export function journalLines({ name, workspace, entries, head, broken, witnessed }: Audited): string[] {
  const whose = `Workspace ${workspace} (${name})`;
  return [
    broken
      ? `${whose}: the journal breaks at entry ${broken.seq}: ${broken.why}. The ${counted(entries, 'entry', 'entries')} before it hold.`
      : `${whose}: ${counted(entries, 'entry', 'entries')}, the journal holds. Digest of the last: ${head}`,
    ...(witnessed === undefined ? [] : [`${whose}: entry ${witnessed} has that digest.`]),
  ];
}

/** How many rows are named one by one. */
const NAMED = 10;

function driftLines(drift: readonly Drift[]): string[] {
  if (drift.length === 0) return ['The tables say what the states say.'];
  return [
    `${counted(drift.length, 'row')} of the derived tables ${drift.length === 1 ? 'differs' : 'differ'} from the states. Stop Offshoot and run npx offshoot rebuild.`,
    ...drift.slice(0, NAMED).map(({ workspace, row, is }) => `  ${row} in workspace ${workspace}: ${is}`),
    ...(drift.length > NAMED ? [`  and ${drift.length - NAMED} more; --json names them all`] : []),
  ];
}

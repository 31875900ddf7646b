import { setImmediate as breath } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { FlowId, PersonId, WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import { type Opened, type Sealing, type Unsealed, voiceOf } from './kept.ts';
import type { Need } from './need.ts';
import type { SealedRow, Store, Tables, Work } from './store.ts';
import type { Key, SecretVote, Vault } from './vault.ts';

/**
 * The tables as a secret vote sees them: what is kept of it is sealed on the way in, and opened in memory on the way out. `spent` gathers
 * the votes whose keys are to be destroyed once the transaction is committed.
 */
export function sealing(tables: Tables, vault: Vault, spent: SecretVote[]): Tables {
  const own: Pick<Tables, 'rows' | 'keep'> = {
    *rows(workspace, need) {
      return need.rows === 'unsealed' ? yield* unsealed(tables, vault, workspace, need) : yield* tables.rows(workspace, need);
    },
    *keep(workspace, flow, kept) {
      if (kept.kind !== 'seal' && kept.kind !== 'unseal' && kept.kind !== 'publish' && kept.kind !== 'forget')
        return yield* tables.keep(workspace, flow, kept);
      yield* keepSealed(tables, vault, { workspace, vote: flow }, kept);
      if (kept.kind === 'publish' || kept.kind === 'forget') spent.push({ workspace, vote: flow });
    },
  };
  return Object.assign(Object.create(tables) as Tables, own);
}

/** Keys that should be gone: of votes that are over, or that the database does not know. A crash, a restored backup or a disk's fault left them. */
export async function spentKeys(store: Pick<Store, 'look'>, vault: Vault): Promise<SecretVote[]> {
  const spent: SecretVote[] = [];
  for (const key of vault.kept()) {
    const flow = await store.look((tables) => tables.flow(key.workspace, key.vote));
    if (!flow || flow.settled === 1) spent.push(key);
  }
  return spent;
}

/** Destroys the keys of votes that are over. Where the disk refuses, the votes are over all the same, and the log and `doctor` say it. */
export function destroyKeys(vault: Vault, spent: readonly SecretVote[], log: Log): void {
  for (const vote of spent) {
    try {
      vault.destroy(vote);
    } catch (error) {
      log.error({ error, ...vote }, 'the key of a secret vote that is over could not be destroyed; it is tried again at the next start');
    }
  }
}

function* keepSealed(tables: Tables, vault: Vault, of: SecretVote, kept: Sealing): Work<void> {
  const { workspace, vote } = of;
  switch (kept.kind) {
    case 'seal': {
      const key = vault.keyOf(of) ?? vault.make(of);
      const slot = key.slot(kept.elector);
      const said: Said = { receipt: key.receipt(voiceOf(kept.elector, kept.by)), choices: kept.choices, reasons: kept.reasons };
      const sealed = key.seal(slot, serialize(said), kept.room);
      const mark = key.mark(sealed);
      yield* tables.putSealed(workspace, vote, { slot, mark, sealed });
      // Where this transaction comes to nothing, what is stored has another mark.
      key.memory.set(slot, { mark, said });
      return yield* tables.putTurnout(workspace, vote, kept.elector, 1);
    }
    case 'unseal': {
      const key = vault.keyOf(of);
      if (key) {
        yield* tables.dropSealed(workspace, vote, key.slot(kept.elector));
        key.memory.delete(key.slot(kept.elector));
      }
      return yield* tables.putTurnout(workspace, vote, kept.elector, 0);
    }
    case 'publish':
      yield* tables.publish(workspace, vote, kept.ballots, kept.reasons);
      return yield* tables.dropSealed(workspace, vote);
    case 'forget':
      yield* tables.dropSealed(workspace, vote);
      return yield* tables.dropTurnout(workspace, vote);
  }
}

/** What is sealed of a ballot. In this form a character takes two bytes at most, where JSON may take six: each ballot has room for the longest. */
type Said = Pick<Opened, 'receipt' | 'choices' | 'reasons'>;

/** One elector's own ballot, or all of them (but one elector's): those without electors, in the order of their receipts. */
function* unsealed(tables: Tables, vault: Vault, workspace: WorkspaceId, { where }: Need): Work<Unsealed[]> {
  const { vote, elector, by, except, readable } = where as unknown as Asked;
  if (elector === null) return [];
  const key = vault.keyOf({ workspace, vote });
  if (readable !== undefined) return yield* firstOf(tables, key, workspace, vote);
  const rows = yield* tables.sealedMarks(workspace, vote, elector && key?.slot(elector));
  if (!key && rows.length > 0) return [{ lost: true }];
  const left = except && key?.slot(except);
  const all: Opened[] = [];
  for (const row of rows) {
    const said = yield* openedAt(tables, key!, { workspace, vote }, row);
    if (said === undefined) return [{ lost: true }];
    if (row.slot !== left) all.push({ number: 0, ...said });
  }
  if (elector === undefined) return all.toSorted((one, other) => (one.receipt < other.receipt ? -1 : 1));
  const turnout = yield* tables.turnout(workspace, vote, elector);
  // Whoever has voted has a ballot: another key than its own would not find it.
  if (turnout?.cast === 1 && all.length === 0) return [{ lost: true }];
  if (!key) return [];
  return [{ choices: null, reasons: {}, ...all[0], receipt: key.receipt(voiceOf(elector, by ?? elector)), number: turnout?.number ?? 0 }];
}

/**
 * What was sealed at a slot; undefined where the key does not open it. What this process sealed or opened before it remembers: to read and
 * open the ballots of 500 members at once would keep everybody waiting.
 */
function* openedAt(
  tables: Tables,
  key: Key,
  { workspace, vote }: SecretVote,
  { slot, mark }: Omit<SealedRow, 'sealed'>,
): Work<Said | undefined> {
  const known = key.memory.get(slot);
  if (known?.mark === mark) return known.said as Said;
  const [row] = yield* tables.sealedBallots(workspace, vote, slot);
  const opened = row && key.open(slot, row.sealed);
  if (opened === undefined) return undefined;
  const said = deserialize(opened) as Said;
  key.memory.set(slot, { mark, said });
  return said;
}

/** At a start: remembers the ballots of the secret votes that are open, a few at a time. */
export async function rememberSealed(store: Pick<Store, 'look'>, vault: Vault): Promise<void> {
  for (const kept of vault.kept()) {
    const key = vault.keyOf(kept);
    if (!key) continue;
    const rows = await store.look((tables) => tables.sealedMarks(kept.workspace, kept.vote));
    for (let from = 0; from < rows.length; from += FEW) {
      await store.look(function* (tables) {
        for (const row of rows.slice(from, from + FEW)) yield* openedAt(tables, key, kept, row);
      });
      await breath();
    }
  }
}

/** How many ballots are opened before others have their turn. */
const FEW = 20;

interface Asked {
  vote: SecretVote['vote'];
  elector?: PersonId | null;
  by?: PersonId;
  except?: PersonId;
  readable?: 1;
}

/** Whether there is a key that opens what is sealed is seen by any one ballot. */
function* firstOf(tables: Tables, key: Key | undefined, workspace: WorkspaceId, vote: FlowId): Work<Unsealed[]> {
  const [row] = yield* tables.sealedBallots(workspace, vote, undefined, 1);
  return row && key?.open(row.slot, row.sealed) === undefined ? [{ lost: true }] : [];
}

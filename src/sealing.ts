import type { PersonId, WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import { type Need, type Opened, type Sealing, type Unsealed, voiceOf } from './record.ts';
import type { Store, Tables, Work } from './store.ts';
import type { SecretVote, Vault } from './vault.ts';

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
      yield* tables.putSealed(workspace, vote, slot, key.seal(slot, JSON.stringify(said), kept.room));
      return yield* tables.putTurnout(workspace, vote, kept.elector, 1);
    }
    case 'unseal': {
      const key = vault.keyOf(of);
      if (key) yield* tables.dropSealed(workspace, vote, key.slot(kept.elector));
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

/** What is sealed of a ballot. */
type Said = Pick<Opened, 'receipt' | 'choices' | 'reasons'>;

/** One elector's own ballot, or all of them (but one elector's): those without electors, in the order of their receipts. */
function* unsealed(tables: Tables, vault: Vault, workspace: WorkspaceId, { where }: Need): Work<Unsealed[]> {
  const { vote, elector, by, except } = where as { vote: SecretVote['vote']; elector?: PersonId | null; by?: PersonId; except?: PersonId };
  if (elector === null) return [];
  const key = vault.keyOf({ workspace, vote });
  const rows = yield* tables.sealedBallots(workspace, vote, elector && key?.slot(elector));
  if (!key && rows.length > 0) return [{ lost: true }];
  const left = except && key?.slot(except);
  const all: Opened[] = [];
  for (const { slot, sealed } of rows) {
    const said = key!.open(slot, sealed);
    if (said === undefined) return [{ lost: true }];
    if (slot !== left) all.push({ number: 0, ...(JSON.parse(said) as Said) });
  }
  if (elector === undefined) return all.toSorted((one, other) => (one.receipt < other.receipt ? -1 : 1));
  const turnout = yield* tables.turnout(workspace, vote, elector);
  // Whoever has voted has a ballot: another key than its own would not find it.
  if (turnout?.cast === 1 && all.length === 0) return [{ lost: true }];
  if (!key) return [];
  return [{ choices: null, reasons: {}, ...all[0], receipt: key.receipt(voiceOf(elector, by ?? elector)), number: turnout?.number ?? 0 }];
}

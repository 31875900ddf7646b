import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Key, SecretVote, Vault } from '../../src/vault.ts';

const BYTES = 32;
const NONCE = 12;
const TAG = 16;

/** Without letters and digits that are taken for each other. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The folder that holds the keys of a database's secret votes. It is beside the database, never in it, and no backup takes it along. */
export const keysOf = (database: string): string => `${database}.keys`;

/** Keys in files that only their owner may read, one a vote. */
export function fileVault(folder: string): Vault {
  const known = new Map<string, Key>();
  const fileOf = (vote: SecretVote): string => join(folder, nameOf(vote));

  return {
    keyOf(vote) {
      const name = nameOf(vote);
      let key = known.get(name);
      if (key) return key;
      const bytes = bytesIn(fileOf(vote));
      if (!bytes) return undefined;
      key = keyFrom(bytes);
      known.set(name, key);
      return key;
    },
    make(vote) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = fileOf(vote);
      const bytes = randomBytes(BYTES);
      write(`${file}.part`, bytes, 'w');
      renameSync(`${file}.part`, file);
      flushFolder(folder);
      const key = keyFrom(bytes);
      known.set(nameOf(vote), key);
      return key;
    },
    destroy(vote) {
      known.delete(nameOf(vote));
      const file = fileOf(vote);
      if (sizeOf(file) === undefined) return;
      // Where the disk writes in place, the key itself is overwritten.
      write(file, Buffer.alloc(BYTES), 'r+');
      rmSync(file, { force: true });
      flushFolder(folder);
    },
    kept() {
      return namesIn(folder).flatMap((name) => {
        const [, workspace, vote] = /^(\d+)-vote-(\d+)\.key(?:\.part)?$/.exec(name) ?? [];
        return workspace && vote ? [{ workspace: Number(workspace), vote: `vote/${Number(vote)}` as const }] : [];
      });
    },
  };
}

const nameOf = ({ workspace, vote }: SecretVote): string => `${workspace}-${vote.replace('/', '-')}.key`;

function keyFrom(bytes: Buffer): Key {
  const derived = (use: string, of: string): Buffer => createHmac('sha256', bytes).update(`${use}\n${of}`).digest();
  const cipher = derived('seal', '');
  return {
    slot: (elector) => derived('slot', elector).toString('hex'),
    receipt(elector) {
      const letters = [...derived('receipt', elector).subarray(0, 8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
      return `${letters.slice(0, 4)}-${letters.slice(4)}`;
    },
    seal(slot, said, room) {
      if (said.length > room - 4) throw new Error(`a ballot of ${said.length} bytes does not fit into ${room}`);
      const padded = Buffer.alloc(room);
      padded.writeUInt32BE(said.length);
      padded.set(said, 4);
      const nonce = randomBytes(NONCE);
      const sealing = createCipheriv('aes-256-gcm', cipher, nonce).setAAD(Buffer.from(slot));
      return Buffer.concat([nonce, sealing.update(padded), sealing.final(), sealing.getAuthTag()]);
    },
    mark: (sealed) => sealed.toString('hex', 0, NONCE),
    memory: new Map(),
    open(slot, sealed) {
      try {
        const opening = createDecipheriv('aes-256-gcm', cipher, sealed.subarray(0, NONCE)).setAAD(Buffer.from(slot));
        opening.setAuthTag(sealed.subarray(-TAG));
        const padded = opening.update(sealed.subarray(NONCE, -TAG));
        // Throws unless every byte is as it was sealed.
        opening.final();
        return padded.subarray(4, 4 + padded.readUInt32BE());
      } catch {
        return undefined;
      }
    },
  };
}

function write(file: string, bytes: Buffer, flags: 'w' | 'r+'): void {
  const open = openSync(file, flags, 0o600);
  try {
    writeSync(open, bytes, 0, bytes.length, 0);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** A name that was made or removed is durable once its folder is. */
function flushFolder(folder: string): void {
  const open = openSync(folder, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

function bytesIn(file: string): Buffer | undefined {
  if (sizeOf(file) !== BYTES) return undefined;
  const bytes = readFileSync(file);
  // A crash in the middle of destroying it.
  return bytes.every((byte) => byte === 0) ? undefined : bytes;
}

const sizeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
}

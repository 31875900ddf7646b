import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';
import { command, launch } from './child.ts';
import { Room } from './room.ts';

const STACK = /\n\s+at /;

describe('start', () => {
  it('says in a sentence that the port is in use, and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const ended = await launch(newFile(), { env: { PORT: String(port) } }).ended;
    other.close();
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain(`Port ${port} is in use by another program.`);
    expect(ended.err).toContain('set PORT');
    expect(ended.err).not.toMatch(STACK);
  });

  it('refuses to run beside another process on the same database, which goes on', async () => {
    const file = newFile();
    const room = await Room.open(file);
    for (const name of ['start', 'migrate', 'rebuild']) {
      const ended = await command(file, name);
      expect(ended).toMatchObject({ code: 1, out: '' });
      expect(ended.err).toContain('Another Offshoot is running on');
      expect(ended.err).not.toMatch(STACK);
    }
    await room.openVote();
    await room.stop();
    expect(await command(file, 'rebuild')).toMatchObject({ code: 0 });
  });

  it('runs again on a database whose process was killed', async () => {
    const file = newFile();
    const first = await Room.open(file);
    first.child.process.kill('SIGKILL');
    await first.child.ended;
    await (await Room.open(file)).stop();
  });

  it('reads a .env file in its folder, which the environment overrides', async () => {
    const file = newFile();
    writeFileSync(join(dirname(file), '.env'), 'PORT=eighty\n');
    const ended = await launch(file, { env: { PORT: undefined } }).ended;
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('PORT is “eighty”; it should be a port number') });
    await (await Room.open(file, { env: { PORT: '0' } })).stop();
  });

  it('makes no database when it is not configured right', async () => {
    const file = newFile();
    const ended = await launch(file, { env: { SLACK_BOT_TOKEN: 'not-a-token' } }).ended;
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('SLACK_BOT_TOKEN');
    expect(ended.err).not.toContain('not-a-token');
    expect(existsSync(file)).toBe(false);
  });
});

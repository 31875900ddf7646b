import { connect, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { newFile } from '../core/folder.ts';
import { rowsIn } from '../core/rows.ts';
import { formIn, MEMBERS, Room, valuesOf } from './room.ts';

describe('a signal to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s while nothing is going on ends it well', async (signal) => {
    const room = await Room.open(newFile());
    room.child.process.kill(signal);
    expect(await room.child.ended).toMatchObject({ code: 0, signal: null });
  });

  it('in the midst of ballots: what came in is answered, and what was acknowledged is durable', async () => {
    const file = newFile();
    const room = await Room.open(file, { faults: [{ on: '^insert into "ballots"', before: true, do: 'term' }] });
    await room.openVote();
    const forms = await Promise.all(MEMBERS.map(async (as) => formIn(await room.press(as, 'vote/1 ballot', `opening ${as}`))));
    const answers = await Promise.all(MEMBERS.map((as, index) => room.submit(as, forms[index]!, `ballot ${as}`)));
    expect(await room.child.ended).toMatchObject({ code: 0, signal: null });
    const acknowledged = answers.filter((answer) => answer?.kind === 'done').length;
    expect(acknowledged).toBeGreaterThan(0);
    expect(rowsIn(file, 'select person from ballots where cast_at is not null')).toHaveLength(acknowledged);
  });

  it('while a ballot is on its way in: it is taken, answered and durable', async () => {
    const room = await Room.open(newFile(), { env: { LOG_LEVEL: 'info' } });
    await room.openVote();
    const form = formIn(await room.press('member-1', 'vote/1 ballot', 'opening'));
    const body = JSON.stringify({ as: 'member-1', button: form.button, nonce: 'on its way', values: valuesOf(form), seen: form.seen });
    const socket = await halfRequest(room.url, '/local/press', body);
    room.child.process.kill('SIGTERM');
    await vi.waitFor(() => expect(room.child.said()).toContain('stopping'), { timeout: 20_000 });
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.write(body.slice(HALF));
    expect(await room.child.ended).toMatchObject({ code: 0, signal: null });
    expect(answer).toContain('Counted: 15 go');
    expect(room.rows('select person from ballots where cast_at is not null')).toHaveLength(1);
  });

  it('is not kept waiting by a request that never ends', async () => {
    const room = await Room.open(newFile());
    await halfRequest(room.url);
    room.child.process.kill('SIGTERM');
    expect(await room.child.ended).toMatchObject({ code: 0, signal: null });
  });

  it('given twice ends it at once', async () => {
    const room = await Room.open(newFile(), { env: { LOG_LEVEL: 'info' } });
    await halfRequest(room.url);
    room.child.process.kill('SIGTERM');
    await vi.waitFor(() => expect(room.child.said()).toContain('stopping'), { timeout: 20_000 });
    room.child.process.kill('SIGTERM');
    expect(await room.child.ended).toMatchObject({ code: 1, signal: null });
  });
});

const HALF = 10;

/** Sends a request but for most of its body, and waits until the server has taken it in. */
async function halfRequest(url: string, path = '/local/say', body = JSON.stringify({ as: 'pm' }).padEnd(99)): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  const head = `host: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  // The answer to the first shows that the server reads this connection; what follows it in the same packet is there, too.
  socket.write(`GET /healthz HTTP/1.1\r\nhost: ${host}\r\n\r\nPOST ${path} HTTP/1.1\r\n${head}\r\n\r\n${body.slice(0, HALF)}`);
  await new Promise<void>((resolve) => void socket.once('data', () => resolve()));
  return socket;
}

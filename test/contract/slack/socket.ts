import { createHash, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of Socket Mode: WebSocket frames with texts up to 64 KB and more, enough for Slack's envelopes. */
export interface Sockets {
  /** Sends one envelope to the newest connection and resolves to the payload of its acknowledgement. */
  deliver(type: string, payload: object): Promise<unknown>;
  connected(): boolean;
  /** Ends all connections, as Slack does now and then. */
  refresh(): void;
  close(): void;
}

const ACCEPT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];

export function sockets(server: Server, patience: number): Sockets {
  const open = new Set<Duplex>();
  const waiting = new Map<string, (payload: unknown) => void>();

  server.on('upgrade', (request, socket: Duplex) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${ACCEPT}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(frame(TEXT, JSON.stringify({ type: 'hello', num_connections: 1 })));
    open.add(socket);
    const leave = () => open.delete(socket);
    socket.on('close', leave).on('error', leave);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (let found = unframed(rest); found; found = unframed(rest)) {
        rest = rest.subarray(found.length);
        hear(socket, found.code, found.body);
      }
    });
  });

  function hear(socket: Duplex, code: number, body: Buffer): void {
    if (code === PING) socket.write(frame(PONG, body));
    if (code === CLOSE) {
      open.delete(socket);
      socket.end(frame(CLOSE, body));
    }
    if (code !== TEXT) return;
    const { envelope_id, payload } = JSON.parse(body.toString()) as { envelope_id: string; payload?: unknown };
    waiting.get(envelope_id)?.(payload);
    waiting.delete(envelope_id);
  }

  return {
    connected: () => open.size > 0,
    deliver(type, payload) {
      const envelope_id = randomUUID();
      const answered = new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('not acknowledged in time')), patience);
        waiting.set(envelope_id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
      });
      [...open].at(-1)?.write(frame(TEXT, JSON.stringify({ type, envelope_id, payload, accepts_response_payload: type !== 'events_api' })));
      return answered;
    },
    refresh() {
      for (const socket of open) socket.write(frame(TEXT, JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })));
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

function frame(code: number, body: string | Buffer): Buffer {
  const data = Buffer.from(body);
  const head = data.length < 126 ? Buffer.from([0x80 | code, data.length]) : Buffer.alloc(data.length < 65_536 ? 4 : 10);
  if (data.length >= 126) {
    head[0] = 0x80 | code;
    head[1] = data.length < 65_536 ? 126 : 127;
    if (data.length < 65_536) head.writeUInt16BE(data.length, 2);
    else head.writeBigUInt64BE(BigInt(data.length), 2);
  }
  return Buffer.concat([head, data]);
}

/** The first whole frame of a client, unmasked; undefined while bytes are missing. */
function unframed(data: Buffer): { code: number; body: Buffer; length: number } | undefined {
  if (data.length < 2) return undefined;
  const short = data[1]! & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < start + 4) return undefined;
  const size = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  const length = start + 4 + size;
  if (data.length < length) return undefined;
  const mask = data.subarray(start, start + 4);
  const body = Buffer.from(data.subarray(start + 4, length).map((byte, index) => byte ^ mask[index % 4]!));
  return { code: data[0]! & 0x0f, body, length };
}

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const issued = new Set<string>();
let started: Promise<void> | undefined;

/**
 * Where a managed identity gets its tokens: the one way to them that is not over TLS. One for the whole process, since the
 * library of Microsoft looks for it once.
 */
export function identityService(): Promise<void> {
  started ??= new Promise((resolve) => {
    const server = createServer((_, response) => {
      const token = randomUUID();
      issued.add(token);
      const expires = Math.floor(Date.now() / 1000) + 3600;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: token, expires_on: expires, token_type: 'Bearer' }));
    });
    server.unref();
    server.listen(0, '127.0.0.1', () => {
      process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
      process.env['IDENTITY_HEADER'] = 'stand-in';
      resolve();
    });
  });
  return started;
}

/** Whether a request to the connector bears a token that was issued here. */
export const isIssued = (authorization: string | undefined): boolean => issued.has(authorization?.replace('Bearer ', '') ?? '');

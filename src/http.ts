import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Log } from './log.ts';

export interface Mounts {
  /** Everything below `/slack/`: Bolt's own listener, which reads the raw body to check its signature. */
  slack?: RequestListener;
  /** `POST /api/messages`. */
  teams?: Router;
  /** `/` and everything below `/local/`. */
  local?: Router;
  /** Everything below `/pictures/`. */
  pictures: Router;
  /** Everything below `/papers/`. */
  papers: Router;
  /** `GET /api/gate`. */
  api: Router;
  health(): Promise<object>;
}

/** One server and one port for all doors. */
export async function listen(mounts: Mounts, { host, port }: { host: string; port: number }, log: Log): Promise<Server> {
  const rest = express().disable('x-powered-by').disable('etag');
  rest.get('/healthz', async (_, response) => {
    try {
      response.json(await mounts.health());
    } catch (fault) {
      log.error({ fault }, 'the database does not answer');
      response.status(503).json({ ok: false });
    }
  });
  rest.use(mounts.pictures);
  rest.use(mounts.api);
  rest.use(mounts.papers);
  if (mounts.teams) rest.use(mounts.teams);
  if (mounts.local) rest.use(mounts.local);
  else
    rest.get(
      '/',
      (_, response) =>
        void response.type('text').send('This is Offshoot, a chatbot for Slack and Microsoft Teams. Talk to it there: /offshoot help'),
    );
  rest.use((_, response) => void response.status(404).type('application/problem+json').json({ title: 'Not found', status: 404 }));
  rest.use((fault: unknown, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(fault);
    const status = statusOf(fault);
    if (status >= 500) log.error({ fault }, 'a request failed');
    response
      .status(status)
      .type('application/problem+json')
      .json({ title: status >= 500 ? 'Something went wrong here; it is in the log' : 'The request could not be read', status });
  });

  const server = createServer((request, response) => {
    if (mounts.slack && request.url?.startsWith('/slack/')) guarded(mounts.slack, request, response, log);
    else rest(request, response);
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Takes no new connection and resolves when the last answer is out; after `patience` milliseconds it cuts what is left. */
export function drain(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patience);
    // One that is busy now is idle once its answer is out; kept alive, it would hold the door open.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Bolt's listener throws on paths that it does not know. */
function guarded(listener: RequestListener, request: IncomingMessage, response: ServerResponse, log: Log): void {
  try {
    listener(request, response);
  } catch (fault) {
    log.debug({ fault, url: request.url }, 'a request below /slack/ was not understood');
    if (!response.headersSent) response.writeHead(404).end();
  }
}

function statusOf(fault: unknown): number {
  const status = (fault as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

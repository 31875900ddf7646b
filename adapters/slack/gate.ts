import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isValidSlackRequest } from '@slack/bolt';
import type { Log } from '../../src/log.ts';

/** Requests are let in whose time is at most this far from ours, in either direction, in seconds. */
const WINDOW = 300;
/** Slack's largest payload, a form of many people, is far below. */
const LARGEST = 2_000_000;

interface Gate {
  secret: string;
  /** False until Slack has said whose the token is, and while the house closes. */
  open(): boolean;
  /** Bolt's listener. */
  inner: RequestListener;
  log: Log;
}

/**
 * Stands before Bolt's listener: it refuses a signature that is false, one from the past or the future (Bolt takes those of
 * the future), and what is no payload.
 */
export function gate({ secret, open, inner, log }: Gate): RequestListener {
  async function check(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || new URL(request.url ?? '/', 'http://slack').pathname !== '/slack/events')
      return refuse(response, 404, 'no such address');
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, 413, 'a body too large');
    const stamp = Number(headerOf(request, 'x-slack-request-timestamp') || Number.NaN);
    if (!(Math.abs(Date.now() / 1000 - stamp) <= WINDOW)) return refuse(response, 401, 'a request from the past or the future');
    const headers = { 'x-slack-signature': headerOf(request, 'x-slack-signature'), 'x-slack-request-timestamp': stamp };
    if (!isValidSlackRequest({ signingSecret: secret, body: body.toString(), headers }))
      return refuse(response, 401, 'a signature that is not of Slack');
    if (!isPayload(body.toString())) return refuse(response, 400, 'something that is no payload');
    if (!open()) return refuse(response, 503, 'a request while not connected');
    inner(Object.assign(request, { rawBody: body }), response);
  }

  function refuse(response: ServerResponse, status: number, what: string): void {
    log.warn({ status }, `Slack’s door refused ${what}`);
    response.writeHead(status).end();
  }

  return (request, response) =>
    void check(request, response).catch((fault: unknown) => {
      log.warn({ fault }, 'a request at Slack’s door broke off');
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length']) > LARGEST) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const headerOf = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

/** Whether it reads as an object at all: on anything else Bolt, which reads it next, would end the process. */
const isPayload = (said: string): boolean => said.startsWith('{') || /(?:^|&)(?:payload=%7B|command=|ssl_check=)/i.test(said);

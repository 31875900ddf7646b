import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Whatever leaves this process over HTTP while something is done, as `host path`, whoever sends it and with which client. */
export async function requestsDuring(work: () => Promise<void>): Promise<string[]> {
  const sent: string[] = [];
  const byNode = (message: unknown) => {
    const { request } = message as { request: { getHeader(name: string): unknown; host: string; path: string } };
    sent.push(`${String(request.getHeader('host') ?? request.host)} ${request.path}`);
  };
  const byFetch = (message: unknown) => {
    const { request } = message as { request: { origin: string | URL; path: string } };
    sent.push(`${new URL(request.origin).host} ${request.path}`);
  };
  subscribe('http.client.request.start', byNode);
  subscribe('undici:request:create', byFetch);
  try {
    await work();
  } finally {
    unsubscribe('http.client.request.start', byNode);
    unsubscribe('undici:request:create', byFetch);
  }
  return sent;
}

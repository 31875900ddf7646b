import { createHash, createHmac } from 'node:crypto';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { addressesOf, Barred } from './address.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { DeliveryRow, WebhookRow } from './outside.ts';
import type { Store } from './store.ts';

export interface Webhooks {
  /** Something may be owed: looks, and delivers. Cheap; called after every commit. */
  wake(): void;
  stop(): Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After the first, second, … failed try; the eighth is the last. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR];
/** How long the other side may take. */
const PATIENCE = 10_000;
const BATCH = 32;

type Owed = DeliveryRow & Pick<WebhookRow, 'url' | 'secret'>;

/** Tells webhooks what they are owed, beside everything else: what is owed is in the database, and so survives restarts. */
export function webhooks({ store, clock, log, hosts }: { store: Store; clock: Clock; log: Log; hosts: readonly string[] }): Webhooks {
  let under: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let alarm: NodeJS.Timeout | undefined;
  const cut = new AbortController();

  function wake(): void {
    if (stopped) return;
    again = true;
    under ??= run()
      .catch((fault: unknown) => void (stopped || log.error({ fault }, 'webhooks could not be told; it is tried again')))
      .finally(() => {
        under = undefined;
        if (again && !stopped) wake();
      });
  }

  async function run(): Promise<void> {
    for (;;) {
      if (!again || stopped) break;
      again = false;
      const due = await store.look((tables) => tables.deliveriesDue(clock.now(), BATCH));
      // Each hook has its deliveries one after the other; a slow one holds up no other.
      await Promise.all(byHook(due).map(tellAll));
      if (due.length === BATCH) again = true;
    }
    clearTimeout(alarm);
    const next = stopped ? undefined : await store.look((tables) => tables.nextDelivery());
    if (next !== undefined) alarm = setTimeout(wake, Math.min(Math.max(next - clock.now(), 1_000), MINUTE)).unref();
  }

  async function tellAll(rows: readonly Owed[]): Promise<void> {
    for (const row of rows) {
      if (stopped) return;
      const came = await call(row, hosts, clock.now(), cut.signal);
      // The process ends: it is as if this try had not been made.
      if (stopped && came.code === null) return;
      await store.update((tables) => tables.delivery(after(row, came, clock.now())));
      if (came.why !== null) log.warn({ webhook: row.webhook, event: row.event, why: came.why }, 'a webhook was not told');
    }
  }

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      cut.abort();
      await under;
    },
  };
}

function byHook(rows: readonly Owed[]): Owed[][] {
  const hooks = new Map<number, Owed[]>();
  for (const row of rows) hooks.set(row.webhook, [...(hooks.get(row.webhook) ?? []), row]);
  return [...hooks.values()];
}

interface Came {
  code: number | null;
  why: string | null;
}

function after(row: Owed, { code, why }: Came, now: number): Omit<DeliveryRow, 'webhook' | 'event' | 'body' | 'created_at'> {
  const tries = row.tries + 1;
  if (why === null) return { id: row.id, state: 'delivered', tries, code, why, next_at: 0, delivered_at: now };
  // Somebody waits for what comes of a test; tomorrow it says nothing any more.
  const wait = row.event.startsWith('test ') ? undefined : WAITS[tries - 1];
  return {
    id: row.id,
    state: wait === undefined ? 'failed' : 'owed',
    tries,
    code,
    why,
    next_at: wait === undefined ? 0 : now + wait,
    delivered_at: null,
  };
}

/** Sends one delivery; resolves whatever comes of it. The name is resolved and checked here, and only what was checked is called. */
export async function call(
  { url, secret, webhook, event, body }: Pick<Owed, 'url' | 'secret' | 'webhook' | 'event' | 'body'>,
  hosts: readonly string[],
  now: number,
  signal?: AbortSignal,
): Promise<Came> {
  try {
    const found = await addressesOf(url, hosts);
    const at = Math.floor(now / 1_000);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Offshoot',
      'Offshoot-Signature': `t=${at},v1=${signature(secret, at, body)}`,
      'Idempotency-Key': createHash('sha256').update(`${webhook} ${event}`).digest('hex').slice(0, 32),
    };
    const code = await post(new URL(url), headers, body, found, signal);
    return {
      code,
      why:
        code >= 200 && code < 300
          ? null
          : code >= 300 && code < 400
            ? `it answered ${code}; redirections are not followed`
            : `it answered ${code}`,
    };
  } catch (fault) {
    return {
      code: null,
      why:
        fault instanceof Barred ? fault.message : `it cannot be reached (${(fault as NodeJS.ErrnoException).code ?? 'no answer in time'})`,
    };
  }
}

/** What a test says. */
export const testBody = (workspace: number, at: number): string => JSON.stringify({ version: 1, event: 'test', created_at: at, workspace });

/** What `Offshoot-Signature` holds as `v1`: HMAC-SHA256 over `<t>.<body>` with the webhook's secret, in hexadecimal. */
export const signature = (secret: string, at: number, body: string): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');

function post(
  url: URL,
  headers: Record<string, string | number>,
  body: string,
  found: readonly { address: string; family: 4 | 6 }[],
  signal?: AbortSignal,
): Promise<number> {
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers,
      agent: false,
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
      lookup: (_name, options, done) => {
        const [first] = found;
        if (options.all) (done as (fault: null, all: readonly object[]) => void)(null, found);
        else done(null, first!.address, first!.family);
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      // What it says beside the status is of no interest, however long it is.
      response.on('error', () => {});
      response.destroy();
    });
    request.end(body);
  });
}

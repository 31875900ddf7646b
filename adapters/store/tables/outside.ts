import type { DeliveryRow, OutsideTables, TokenRow, WebhookRow } from '../../../src/outside.ts';
import type { Query } from '../../../src/store.ts';

const ask = (sql: string, ...values: unknown[]): Query => ({ sql, values });

export const outsideTables: OutsideTables = {
  *putToken({ workspace, name, hash, created_at }) {
    const [row] = (yield ask(
      'insert into tokens (workspace, name, hash, created_at) values (?, ?, ?, ?) returning id',
      workspace,
      name,
      hash,
      created_at,
    )) as { id: number }[];
    return row!.id;
  },
  *sealToken(id, hash) {
    yield ask('update tokens set hash = ? where id = ?', hash, id);
  },
  *token(id) {
    const [row] = (yield ask('select * from tokens where id = ?', id)) as TokenRow[];
    return row;
  },
  *tokensOf(workspace) {
    return (yield ask('select * from tokens where workspace = ? order by id', workspace)) as TokenRow[];
  },
  *useToken(id, day) {
    yield ask('update tokens set used_on = ? where id = ?', day, id);
  },
  *revokeToken(workspace, id, at) {
    const gone = yield ask(
      'update tokens set revoked_at = ? where workspace = ? and id = ? and revoked_at is null returning id',
      at,
      workspace,
      id,
    );
    return gone.length > 0;
  },
  *putWebhook({ workspace, url, secret, created_at }) {
    const [row] = (yield ask(
      'insert into webhooks (workspace, url, secret, created_at) values (?, ?, ?, ?) returning id',
      workspace,
      url,
      secret,
      created_at,
    )) as { id: number }[];
    return row!.id;
  },
  *webhooksOf(workspace) {
    return (yield ask(
      'select id, workspace, url, secret, created_at from webhooks where workspace = ? and removed_at is null order by id',
      workspace,
    )) as WebhookRow[];
  },
  *removeWebhook(workspace, id, at) {
    // A secret that is of no more use is not kept.
    const gone = yield ask(
      `update webhooks set removed_at = ?, secret = '' where workspace = ? and id = ? and removed_at is null returning id`,
      at,
      workspace,
      id,
    );
    yield ask(
      `update webhook_deliveries set state = 'failed', why = 'the webhook was removed' where workspace = ? and webhook = ? and state = 'owed'`,
      workspace,
      id,
    );
    return gone.length > 0;
  },
  *deliveriesOf(workspace, limit) {
    return (yield ask('select * from webhook_deliveries where workspace = ? order by id desc limit ?', workspace, limit)) as DeliveryRow[];
  },
  *deliveriesDue(now, limit) {
    return (yield ask(
      `select d.*, h.url, h.secret from webhook_deliveries d join webhooks h on h.id = d.webhook and h.removed_at is null
       where d.state = 'owed' and d.next_at <= ? order by d.next_at, d.id limit ?`,
      now,
      limit,
    )) as (DeliveryRow & WebhookRow)[];
  },
  *owe(workspace, { webhook, event, body, created_at }) {
    yield ask(
      `insert into webhook_deliveries (workspace, webhook, event, created_at, body, state) values (?, ?, ?, ?, ?, 'owed')`,
      workspace,
      webhook,
      event,
      created_at,
      body,
    );
  },
  *nextDelivery() {
    const [row] = (yield ask(`select min(next_at) as at from webhook_deliveries where state = 'owed'`)) as { at: number | null }[];
    return row?.at ?? undefined;
  },
  *delivery({ id, state, tries, code, why, next_at, delivered_at }) {
    yield ask(
      'update webhook_deliveries set state = ?, tries = ?, code = ?, why = ?, next_at = ?, delivered_at = ? where id = ?',
      state,
      tries,
      code,
      why,
      next_at,
      delivered_at,
      id,
    );
  },
  *webhookTroubles() {
    return (yield ask(
      `select h.workspace, h.id, h.url, sum(d.state = 'failed') as failed, sum(d.state = 'owed') as owed,
         (select l.why from webhook_deliveries l where l.webhook = h.id and l.why is not null order by l.id desc limit 1) as why
       from webhooks h join webhook_deliveries d on d.webhook = h.id where h.removed_at is null and d.event not like 'test %' group by h.id having failed > 0 or owed > 100`,
    )) as { workspace: number; id: number; url: string; failed: number; owed: number; why: string | null }[];
  },
};

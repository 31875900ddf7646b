import { type Kysely, sql } from 'kysely';

/** From so many deliveries owed on, a hook that does not answer is owed no more. */
const BACKLOG = 1_000;

/** Tokens by which programs ask, and the webhooks that programs are told by. What is to be told is written by triggers, in the transaction that made it so. */
export async function outside(db: Kysely<any>): Promise<void> {
  await sql`create table tokens (
    workspace integer not null, id integer primary key autoincrement, name text not null, hash text not null,
    created_at integer not null, used_on text, revoked_at integer)`.execute(db);
  await sql`create table webhooks (
    workspace integer not null, id integer primary key autoincrement, url text not null, secret text not null,
    created_at integer not null, removed_at integer)`.execute(db);
  await sql`create table webhook_deliveries (
    workspace integer not null, id integer primary key autoincrement, webhook integer not null, event text not null, body text not null,
    state text not null, created_at integer, tries integer not null default 0, code integer, why text, next_at integer not null default 0, delivered_at integer,
    unique (webhook, event))`.execute(db);
  await sql`create index webhook_deliveries_owed on webhook_deliveries (next_at) where state = 'owed'`.execute(db);

  // What may be shown: no digest, no secret, and of what was removed nothing.
  await sql`create view token_list as select workspace, id, name, created_at, used_on, revoked_at from tokens`.execute(db);
  await sql`create view webhook_list as select workspace, id, url, created_at from webhooks where removed_at is null`.execute(db);
  await sql`create view delivery_list as
    select workspace, id, webhook, event, created_at, state, tries, code, why, next_at from webhook_deliveries`.execute(db);

  const decision = (row: string) => `json_object('number', ${row}.number, 'name', 'D-' || ${row}.number, 'initiative', ${row}.initiative,
    'title', ${row}.title, 'question', ${row}.question, 'subject', ${row}.subject, 'outcome', ${row}.outcome, 'state', ${row}.state,
    'why', ${row}.why, 'rationale', ${row}.rationale, 'decided_at', ${row}.decided_at, 'final_at', ${row}.final_at,
    'review_at', ${row}.review_at, 'supersedes', ${row}.supersedes, 'conditions', ${row}.conditions, 'met', ${row}.met)`;
  for (const moment of ['met_at', 'missed_at']) await db.schema.alterTable('actions').addColumn(moment, 'integer').execute();
  /** One delivery to each hook that was there then; `at` is the moment of what happened, never that of the writing. */
  const tell = (event: string, workspace: string, key: string, at: string, body: string, and = '1') => `
    insert into webhook_deliveries (workspace, webhook, event, created_at, body, state, why)
    select h.workspace, h.id, '${event} ' || ${key}, ${at},
      json_object('version', 1, 'event', '${event}', 'created_at', ${at}, 'workspace', h.workspace, ${body}),
      case when b.full then 'failed' else 'owed' end, case when b.full then 'the backlog of this webhook is full' end
    from webhooks h
    join (select i.id, (select count(*) from webhook_deliveries d where d.webhook = i.id and d.state = 'owed') >= ${BACKLOG} as full from webhooks i) b on b.id = h.id
    where h.workspace = ${workspace} and h.removed_at is null and ${and}
      and not exists (select 1 from webhook_deliveries d where d.webhook = h.id and d.event = '${event} ' || ${key});`;
  const own = (event: string, at: string, and?: string) =>
    tell(event, 'new.workspace', 'new.id', at, `'decision', ${decision('new')}`, and);
  const condition = (event: string, key: string, at: string) =>
    tell(
      event,
      'new.workspace',
      key,
      at,
      `'decision', (select ${decision('d')} from decisions d where d.workspace = new.workspace and d.id = new.flow),
       'condition', json_object('text', new.title, 'due', new.due, 'state', new.state)`,
    );
  /** A decision is superseded at the moment of the one that takes its place. */
  const superseded = `(select max(l.decided_at) from decisions l where l.workspace = new.workspace and l.initiative = new.initiative
    and l.question = new.question and l.subject is new.subject and l.number > new.number)`;
  const trigger = (name: string, on: string, does: string) => sql.raw(`create trigger ${name} after ${on} begin ${does} end`).execute(db);
  // Rows that are derived anew are inserted again: then nobody is told of what is older than the hook, and nobody twice.
  await trigger(
    'decisions_told',
    'insert on decisions',
    own('decision.decided', 'new.decided_at', 'new.decided_at >= h.created_at') +
      own('decision.final', 'new.final_at', 'new.final_at >= h.created_at'),
  );
  await trigger(
    'decisions_final_told',
    `update on decisions when old.final_at is null and new.final_at is not null`,
    own('decision.final', 'new.final_at'),
  );
  await trigger(
    'decisions_superseded_told',
    `update on decisions when old.state <> 'superseded' and new.state = 'superseded'`,
    own('decision.superseded', superseded),
  );
  await trigger(
    'conditions_met_told',
    `update of state on actions when new.flow like 'decision/%' and new.state = 'met' and old.state <> 'met'`,
    condition('condition.met', `new.flow || ' ' || new.key`, 'new.met_at'),
  );
  // Once for each day by which it was not met.
  await trigger(
    'conditions_overdue_told',
    `update on actions when new.flow like 'decision/%' and new.missed_at is not null and new.missed_at is not old.missed_at`,
    condition('condition.overdue', `new.flow || ' ' || new.key || ' ' || new.due`, 'new.missed_at'),
  );
}

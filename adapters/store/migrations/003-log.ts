import { type Kysely, sql } from 'kysely';

/** Room for this many decisions of a workspace in the numbers of the index: a decision's place there is its workspace and its number. */
const ROOM = 4_294_967_296;

/** What the log is searched by: a full-text index that triggers keep in step with decisions, their conditions and the reasons of open votes. */
export async function searching(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('decisions')
    .addColumn('why', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .alterTable('decisions')
    .addColumn('dissent', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await db.schema.createIndex('decisions_number').on('decisions').columns(['workspace', 'number', 'decided_at']).execute();
  await db.schema.createIndex('decisions_day').on('decisions').columns(['workspace', 'decided_at', 'number']).execute();
  await db.schema.createIndex('decisions_supersedes').on('decisions').columns(['workspace', 'supersedes']).execute();
  await db.schema.createIndex('decisions_state').on('decisions').columns(['workspace', 'state', 'number']).execute();

  // Of a secret vote nothing is ever in here, whatever there may be in the tables.
  await sql`create view decision_ballots as
    select d.workspace, d.id as decision, b.person, c.key as criterion, c.value as choice, r.value as reason, k.place, k.text
    from decisions d
    join votes v on v.workspace = d.workspace and v.id = d.vote and v.phase = 'closed' and v.openness = 'open'
    join electors e on e.workspace = v.workspace and e.vote = v.id
    join ballots b on b.workspace = v.workspace and b.vote = v.id and b.person = e.person
    join json_each(b.choices) c
    left join json_each(b.reasons) r on r.key = c.key
    left join vote_criteria k on k.workspace = d.workspace and k.vote = d.vote and k.criterion = c.key
    where b.choices is not null`.execute(db);

  const tag = (name: string, column: string) => sql.raw(`'${name}' || lower(replace(replace(${column}, '-', ''), ' ', ''))`);
  await sql`create view decision_texts as
    select d.workspace, d.id as decision, d.workspace * ${sql.lit(ROOM)} + d.number as place,
      d.title || coalesce(' ' || d.subject, '') as title, d.outcome, coalesce(d.rationale, '') as rationale, d.why,
      coalesce((select group_concat(a.title, ' ') from actions a where a.workspace = d.workspace and a.flow = d.id), '') as conditions,
      coalesce((select b.name from bodies b where b.workspace = d.workspace and b.id = d.body), '') as body,
      coalesce((select group_concat(o.reason, ' ') from decision_ballots o where o.workspace = d.workspace and o.decision = d.id), '') as reasons,
      ${tag('outcome', 'd.outcome')} || ' ' || ${tag('state', 'd.state')} || ' ' || ${tag('question', 'd.question')} as tags
    from decisions d`.execute(db);

  await sql`create virtual table decision_words using fts5(title, outcome, rationale, why, conditions, body, reasons, tags,
    content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`.execute(db);
  await sql`insert into decision_words (rowid, title, outcome, rationale, why, conditions, body, reasons, tags)
    select place, title, outcome, rationale, why, conditions, body, reasons, tags from decision_texts`.execute(db);

  const place = (row: 'old' | 'new') => `${row}.workspace * ${ROOM} + ${row}.number`;
  const index = (row: 'old' | 'new', id: string) => `
    delete from decision_words where rowid in (select place from decision_texts t where t.workspace = ${row}.workspace and t.decision = ${row}.${id});
    insert into decision_words (rowid, title, outcome, rationale, why, conditions, body, reasons, tags)
      select place, title, outcome, rationale, why, conditions, body, reasons, tags from decision_texts t
      where t.workspace = ${row}.workspace and t.decision = ${row}.${id};`;
  const trigger = (name: string, on: string, does: string) => sql.raw(`create trigger ${name} after ${on} begin ${does} end`).execute(db);
  await trigger('decisions_worded', 'insert on decisions', index('new', 'id'));
  await trigger(
    'decisions_reworded',
    'update on decisions',
    `delete from decision_words where rowid = ${place('old')};${index('new', 'id')}`,
  );
  await trigger('decisions_unworded', 'delete on decisions', `delete from decision_words where rowid = ${place('old')};`);
  const ofDecision = (row: 'old' | 'new') => `when ${row}.flow like 'decision/%'`;
  await trigger('conditions_worded', `insert on actions ${ofDecision('new')}`, index('new', 'flow'));
  await trigger('conditions_reworded', `update of title on actions ${ofDecision('new')}`, index('new', 'flow'));
  await trigger('conditions_unworded', `delete on actions ${ofDecision('old')}`, index('old', 'flow'));
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';
import { votedIn } from '../cli/house.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/tables.md'), 'utf8');
const file = newFile();
let connection: Database.Database;

beforeAll(async () => {
  await votedIn(file, 'Zu viel davon: “Schuld” ß 🌱');
  connection = new Database(file);
});
afterAll(() => connection.close());

/** The columns of each table that the page describes, in order. */
const described = Object.fromEntries(
  [...page.matchAll(/^### (\w+)\n([\s\S]*?)(?=^##|(?![\s\S]))/gm)].map(([, name, section]) => [
    name!,
    [...section!.matchAll(/^\| `(\w+)` \| \S/gm)].map(([, column]) => column!),
  ]),
);

const fenced = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code]) => code!);

describe('docs/tables.md', () => {
  it('describes every table and view with all of its columns, and no others', () => {
    const names = connection
      .prepare(
        "select name from sqlite_master where type in ('table', 'view') and name not like 'kysely%' and name not like 'sqlite%' and name not like 'decision\\_words\\_%' escape '\\'",
      )
      .pluck()
      .all() as string[];
    const real = Object.fromEntries(
      names.map((name) => [name, (connection.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name)]),
    );
    expect(described).toEqual(real);
  });

  it('asks questions that plain SQL answers', () => {
    const questions = fenced('sql');
    expect(questions.length).toBeGreaterThanOrEqual(7);
    for (const question of questions)
      expect({ question, answers: connection.prepare(question).all().length > 0 }).toEqual({ question, answers: true });
    const answers = (beginning: string) => connection.prepare(questions.find((one) => one.includes(beginning))!).all();
    expect(answers('from vote_ballots')).toHaveLength(75);
    expect(answers('from decisions')).toMatchObject([{ number: 1, outcome: 'GO WITH CONDITIONS', state: 'final' }]);
    expect(answers('from due_next')).toContainEqual(
      expect.objectContaining({ title: 'Retraining: Churn model', flow: 'cadence/1', what: 'due' }),
    );
  });
});

describe('the journal, verified as the page says', () => {
  it('in words', () => {
    const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
    let before = '0'.repeat(64);
    const entries = connection.prepare('select * from journal where workspace = 1 order by seq').all() as Record<string, string | number>[];
    expect(entries.length).toBeGreaterThan(10);
    for (const { seq, at, flow, input, body, salt, leaf, digest } of entries) {
      expect(leaf).toBe(sha256(`${salt}${body}`));
      expect(digest).toBe(sha256([before, seq, at, flow, input, leaf].join('\n')));
      before = String(digest);
    }
  });

  it('by its script', (context) => {
    if (spawnSync('python3', ['--version']).status !== 0)
      return context.skip('python3 is not on this machine: the script of docs/tables.md was NOT run');
    const script = join(dirname(file), 'verify.py');
    writeFileSync(script, fenced('python')[0]!);
    const verified = () => {
      const { status, stdout, stderr } = spawnSync('python3', [script, file, '1'], { encoding: 'utf8' });
      return { status, said: stdout + stderr };
    };
    const { seq, digest } = connection.prepare('select seq, digest from journal order by seq desc limit 1').get() as {
      seq: number;
      digest: string;
    };
    expect(verified()).toEqual({ status: 0, said: `${seq} entries hold, the last digest is ${digest}\n` });

    connection.exec("update journal set body = replace(body, 'missing', 'go') where seq = 7");
    expect(verified()).toEqual({ status: 1, said: 'the body of entry 7 was changed\n' });
    connection.exec('update journal set body = null, salt = null where seq = 7');
    expect(verified()).toMatchObject({ status: 0 });
    connection.exec('update journal set at = at + 1 where seq = 4');
    expect(verified()).toEqual({ status: 1, said: 'entry 4 was changed\n' });
    connection.exec('delete from journal where seq = 3');
    expect(verified()).toEqual({ status: 1, said: 'entry 3 is missing\n' });
  });
});

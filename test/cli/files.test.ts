import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hold } from '../../adapters/store/file.ts';
import { aDesk, TYPED } from './desk.ts';
import { newFile } from '../core/folder.ts';

const desk = aDesk();

describe('export', () => {
  it('writes everything that people said as one JSON file, moments in words too, for its owner only', async () => {
    const out = desk.beside('export.json');
    expect(await desk.offshoot('export', '--out', out)).toMatchObject({
      status: 0,
      out: expect.stringContaining('workspace 1 (Local workspace)'),
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const { form, workspace, tables } = JSON.parse(readFileSync(out, 'utf8'));
    expect({ form, workspace }).toEqual({ form: 1, workspace: { id: 1, name: 'Local workspace' } });
    expect(tables.vote_ballots).toHaveLength(75);
    expect(tables.vote_ballots).toContainEqual(
      expect.objectContaining({ vote: 'vote/1', name: 'Member 3', criterion: 'debt', choice: 'missing', reason: TYPED }),
    );
    const [decision] = tables.decisions;
    expect(decision).toMatchObject({ number: 1, outcome: 'GO WITH CONDITIONS', rationale: TYPED });
    expect(decision.decided_at_iso).toBe(new Date(decision.decided_at).toISOString());
    expect(Object.keys(tables).filter((table) => tables[table].length === 0)).toEqual([
      'body_channels',
      'vote_reopenings',
      'deputies',
      'recusals',
      'turnout',
      'published_ballots',
      'published_reasons',
      'vote_rounds',
      'calibrations',
      'appeals',
      'reviews',
      'reviewers',
      'evidence',
      'ethics_reviews',
      'roadblocks',
      'ratings',
      'introductions',
      'administrators',
      'templates',
    ]);
    expect(tables.answers).toContainEqual(expect.objectContaining({ flow: 'readiness/1', question: 'recovery evidence', value: TYPED }));
    expect(tables.actions).toContainEqual(expect.objectContaining({ flow: 'action/1', state: 'open', origin: 'readiness/1' }));
  });

  it('writes a CSV per table that no spreadsheet runs anything of', async () => {
    const out = desk.beside('tables');
    expect(await desk.offshoot('export', '--format', 'csv', '--out', out)).toMatchObject({ status: 0 });
    expect(readdirSync(out)).toContain('vote_ballots.csv');
    const ballots = readFileSync(join(out, 'vote_ballots.csv'), 'utf8');
    expect(ballots.split('\r\n')[0]).toBe('vote,person,name,criterion,choice,reason,number,cast_at,cast_at_iso,cast_by');
    expect(ballots).toContain(`"'=HYPERLINK(""http://x""), ""quoted""\nand a second line"`);
    expect(readFileSync(join(out, 'introductions.csv'), 'utf8')).toBe('id,channel,person,at,at_iso\r\n');
  });

  it('overwrites nothing', async () => {
    mkdirSync(desk.beside('there'));
    expect(await desk.offshoot('export', '--out', desk.beside('there'))).toMatchObject({
      status: 1,
      err: expect.stringContaining('not overwritten'),
    });
  });

  it('asks which workspace where there are several, and takes nothing from another', async () => {
    desk.sql("insert into workspaces values (2, 'Other', 0)");
    desk.sql("insert into installations (workspace, platform, key, name) values (2, 'slack', 'T2', 'Other')");
    expect(await desk.offshoot('export', '--out', desk.beside('x.json'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('1 (Local workspace), 2 (Other)'),
    });
    expect(await desk.offshoot('export', '--out', desk.beside('x.json'), '--workspace', '2')).toMatchObject({ status: 0 });
    const { tables } = JSON.parse(readFileSync(desk.beside('x.json'), 'utf8'));
    expect(Object.values(tables).flat()).toEqual([]);
  });
});

describe('backup and restore', () => {
  it('copy a database that is in use, and put it back, with the present one kept aside', async () => {
    const writer = new Database(desk.file);
    writer.pragma('journal_mode = WAL');
    const backup = desk.beside('monday.db');
    expect(await desk.offshoot('backup', backup)).toMatchObject({ status: 0, out: expect.stringContaining('found the copy sound') });
    expect(readdirSync(dirname(desk.file)).filter((name) => name.startsWith('monday'))).toEqual(['monday.db']);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    writer.exec("update decisions set rationale = 'after the backup'");
    writer.close();

    const { aside, ok } = await desk.json('restore', backup);
    expect(ok).toBe(true);
    expect(desk.sql('select rationale from decisions')).toEqual([{ rationale: TYPED }]);
    expect(await desk.offshoot('verify')).toMatchObject({ status: 0 });
    const kept = new Database(aside);
    expect(kept.prepare('select rationale from decisions').get()).toEqual({ rationale: 'after the backup' });
    kept.close();
  });

  it('overwrite no backup', async () => {
    const backup = desk.beside('monday.db');
    await desk.offshoot('backup', backup);
    const before = readFileSync(backup);
    expect(await desk.offshoot('backup', backup)).toMatchObject({ status: 1, err: expect.stringContaining('not overwritten') });
    expect(readFileSync(backup).equals(before)).toBe(true);
  });

  it('refuse to restore while Offshoot runs', async () => {
    await desk.offshoot('backup', desk.beside('monday.db'));
    const held = hold(desk.file);
    expect(await desk.offshoot('restore', desk.beside('monday.db'))).toMatchObject({
      status: 1,
      err: expect.stringContaining('Another Offshoot is running'),
    });
    held.release();
  });

  it.each<[string, (backup: string) => void, string]>([
    ['no database', (backup) => writeFileSync(backup, 'x'.repeat(5_000)), 'no sound SQLite database'],
    ['a damaged one', (backup) => writeFileSync(backup, readFileSync(desk.filled).fill(7, 8_192, 60_000)), 'no sound SQLite database'],
    ['somebody else’s', (backup) => new Database(backup).exec('create table t (x)').close(), 'none of Offshoot’s'],
    ['one whose journal was changed', (backup) => changed(backup, 'update journal set at = at + 1 where seq = 3'), 'breaks at entry 3'],
    ['a newer one', (backup) => changed(backup, "insert into kysely_migration values ('999-later', '')"), 'newer Offshoot'],
    ['the database itself', () => {}, 'the database itself'],
  ])('restore nothing from %s', async (what, make, words) => {
    const backup = what === 'the database itself' ? desk.file : desk.beside('backup.db');
    make(backup);
    const told = await desk.offshoot('restore', backup);
    expect(told).toMatchObject({ status: 1, err: expect.stringContaining(words) });
    expect(desk.sql('select rationale from decisions')).toEqual([{ rationale: TYPED }]);
    expect(readdirSync(dirname(desk.file)).filter((name) => /before|restored|part/.test(name))).toEqual([]);
  });

  it('restore where there is no database any more', async () => {
    const backup = desk.beside('monday.db');
    await desk.offshoot('backup', backup);
    desk.file = newFile();
    expect(await desk.offshoot('restore', backup)).toMatchObject({ status: 0 });
    expect(await desk.offshoot('verify')).toMatchObject({ status: 0 });
  });
});

function changed(backup: string, statement: string): void {
  writeFileSync(backup, readFileSync(desk.filled));
  new Database(backup).exec(statement).close();
}

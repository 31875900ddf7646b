import { readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { aDesk } from './desk.ts';
import { newFile } from '../core/folder.ts';

const desk = aDesk();

describe('the command line', () => {
  it.each([
    ['an unknown command', ['strat'], ['“strat”', 'backup, restore, gate, token, webhook, help', 'npx offshoot start']],
    ['an unknown option', ['doctor', '--frob'], ['--frob', 'npx offshoot doctor']],
    ['a missing argument', ['backup'], ['needs <file>', 'npx offshoot backup backups/monday.db']],
    ['a spare argument', ['backup', 'a', 'b'], ['“b”']],
    ['an argument where none is taken', ['verify', 'x'], ['“x”']],
    ['a format that does not exist', ['export', '--format', 'xml', '--out', 'x'], ['“xml”', 'json, csv, markdown or pdf']],
    ['an export to nowhere', ['export'], ['--out is missing', 'npx offshoot export']],
    ['an option without its value', ['export', '--out'], ['--out', 'For example']],
    ['a witness that is none', ['verify', '--witness', 'abc'], ['16 to 64 hexadecimal digits']],
    ['two answers to one question', ['doctor', '--release-uncertain', '--delivered'], ['Either --release-uncertain or --delivered']],
    ['help on an unknown command', ['help', 'strat'], ['“strat”']],
  ])('answers %s with what it expected and an example, status 2', async (_, args, words) => {
    const told = await desk.offshoot(...args);
    expect(told).toMatchObject({ status: 2, out: '' });
    for (const word of words) expect(told.err).toContain(word);
  });

  it('names a wrong variable, what was found, and where the right value is', async () => {
    let err = '';
    const status = await run(['doctor'], { env: { PORT: 'eighty' }, out: () => {}, err: (text) => void (err += text) });
    expect({ status, err }).toEqual({ status: 2, err: 'PORT is “eighty”; it should be a port number like 3000.' });
  });

  it('lists the commands, and explains each', async () => {
    const all = await desk.offshoot('help');
    expect(all).toEqual(await desk.offshoot('--help'));
    for (const name of [
      'start',
      'migrate',
      'doctor',
      'verify',
      'rebuild',
      'export',
      'backup',
      'restore',
      'gate',
      'token',
      'webhook',
      'help',
    ]) {
      expect(all.out).toContain(`npx offshoot ${name}`);
      const one = await desk.offshoot(name, '--help');
      expect(one).toMatchObject({ status: 0, err: '' });
      expect(one).toEqual(await desk.offshoot('help', name));
      expect(one.out).toContain(name === 'help' ? 'Exit status' : 'For example: npx offshoot');
    }
  });

  it.each(['export', 'rebuild'])('says of %s which kinds of things it is about', async (name) => {
    const { out } = await desk.offshoot(name, '--help');
    const kinds = [
      'initiatives',
      'committees',
      'reviews',
      'readiness checks',
      'evidence',
      'introductions',
      'administrators',
      'templates',
      'ethics reviews',
      'roadblocks',
      'votes',
      'decisions',
      'actions',
      'cadences',
    ];
    expect(kinds.filter((kind) => !out.toLowerCase().replaceAll(/\s+/g, ' ').includes(kind))).toEqual([]);
  });

  it.each([['doctor'], ['verify'], ['rebuild'], ['export', '--out', 'x'], ['backup', 'b.db'], ['restore', 'b.db']])(
    '%s makes no database where there is none, and says so with status 1',
    async (...args) => {
      desk.file = newFile();
      const told = await desk.offshoot(...args);
      expect(told.status).toBe(1);
      expect(told.out + told.err).toMatch(/There is no (database|file)/);
      expect(readdirSync(dirname(desk.file))).toEqual([]);
    },
  );

  it.each([['verify'], ['rebuild'], ['export', '--out', 'x']])(
    '%s refuses a database that is behind, and names migrate',
    async (...args) => {
      desk.sql('delete from kysely_migration');
      expect(await desk.offshoot(...args)).toMatchObject({ status: 1, err: expect.stringContaining('Run npx offshoot migrate first') });
    },
  );

  it('prints one JSON object, a fault too', async () => {
    expect(await desk.json('verify')).toMatchObject({ ok: true, journals: [{ workspace: 1, entries: expect.any(Number) }], drift: [] });
    expect(await desk.json('strat')).toMatchObject({ ok: false, fault: expect.stringContaining('strat') });
    expect(await desk.json('help')).toMatchObject({ ok: true, commands: expect.any(Array) });
  });
});

describe('migrate', () => {
  it('makes the database, names what ran, and does nothing the second time', async () => {
    desk.file = newFile();
    expect(await desk.offshoot('migrate')).toMatchObject({ status: 0, out: 'Ran 001-first.\nRan 002-reviews.\nRan 003-machine.\n' });
    expect(await desk.offshoot('migrate')).toMatchObject({ status: 0, out: expect.stringContaining('up to date') });
  });

  it('refuses a database of a newer Offshoot', async () => {
    desk.sql("insert into kysely_migration values ('999-later', '')");
    expect(await desk.offshoot('migrate')).toMatchObject({ status: 1, err: expect.stringContaining('newer Offshoot') });
  });
});

describe('doctor', () => {
  it('finds nothing wrong where nothing is, and shows no secret', async () => {
    let out = '';
    const env = { DATABASE_URL: `file:${desk.file}`, SLACK_BOT_TOKEN: 'xoxb-hidden', SLACK_SIGNING_SECRET: 'hidden too' };
    const status = await run(['doctor'], { env, out: (text) => void (out += `${text}\n`), err: () => {} });
    expect(status).toBe(0);
    expect(out).toContain('synchronous=FULL');
    expect(out).toContain('Slack in http mode');
    expect(out).toContain('Nothing is wrong.');
    expect(out).not.toContain('hidden');
  });

  it('names what is held with what to do, and releases it when it is asked to', async () => {
    desk.sql("update timers set held = 'it broke', tries = 5 where flow = 'cadence/1'");
    desk.sql("update surfaces set held = 'not let in' where flow = 'decision/1' and key = 'decision'");
    desk.sql("update surfaces set held = 'no answer', uncertain = 1 where flow = 'vote/1' and key = 'result'");
    const told = await desk.offshoot('doctor');
    expect(told.status).toBe(1);
    expect(told.out).toMatch(/A timer is held: .* of cadence\/1 in workspace 1: it broke/);
    expect(told.out).toMatch(/A message is held: decision of decision\/1 .*: not let in/);
    expect(told.out).toMatch(/may have been sent or not: result of vote\/1 .*: no answer/);
    expect(told.out).toContain('npx offshoot doctor --release-uncertain');

    expect(await desk.offshoot('doctor', '--release')).toMatchObject({ status: 1, out: expect.stringContaining('1 fault found') });
    expect(desk.sql('select held from timers where held is not null')).toEqual([]);
    expect(await desk.offshoot('doctor', '--release-uncertain')).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 held thing will be tried again'),
    });
    expect(desk.sql('select held from surfaces where held is not null or uncertain = 1')).toEqual([]);
  });

  it('names a journal that was changed, and a file that is no database', async () => {
    desk.sql("update journal set input = 'recuse' where seq = 4");
    expect(await desk.offshoot('doctor')).toMatchObject({ status: 1, out: expect.stringContaining('breaks at entry 4') });
    desk.file = newFile();
    writeFileSync(desk.file, 'no database at all, but quite long enough to be taken for one at first sight');
    expect(await desk.offshoot('doctor')).toMatchObject({ status: 1, out: expect.stringContaining('Restore a backup') });
  });
});

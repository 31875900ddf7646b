import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pdfOf } from '../../adapters/paper/layout.ts';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import type { Dossier } from '../../src/dossier.ts';
import type { PersonId } from '../../src/id.ts';
import { recordSheet } from '../../src/sheets.ts';
import { aDesk } from './desk.ts';
import { printed } from './printed.ts';

const desk = aDesk();

async function exported(...more: string[]): Promise<{ pages: string[]; file: string }> {
  const file = desk.beside(`${more.length}-${Math.random()}.pdf`);
  expect(await desk.offshoot('export', '--format', 'pdf', '--out', file, ...more)).toMatchObject({ status: 0, err: '' });
  return { pages: printed(readFileSync(file)), file };
}

describe('offshoot export --format pdf', () => {
  it('prints one decision’s record: what was decided, by whom, and what was typed letter by letter', async () => {
    const { pages, file } = await exported('--decision', 'D-1');
    const all = pages.join('\n');
    for (const words of [
      'D-1 GO WITH CONDITIONS',
      'Churn model',
      'any no-go blocks',
      '=HYPERLINK("http://x"), "quoted"',
      'and a second line',
      'Technical debt within limits',
      'Member 3',
      'Page 1 of 2',
      'Page 2 of 2',
    ])
      expect(all).toContain(words);
    expect(all).toMatch(/Technical debt within limits\nshould have\n4\n1/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    // The same record gives the same file, byte for byte.
    expect(readFileSync((await exported('--decision', '1')).file).equals(readFileSync(file))).toBe(true);
  });

  it('prints the log, and of it what is looked for', async () => {
    const { pages } = await exported('--search', 'churn outcome:go-with-conditions');
    expect(pages.join('\n')).toContain('churn outcome:go-with-conditions');
    expect(pages.join('\n')).toContain('D-1 GO WITH CONDITIONS: Churn model');
    expect(pages.join('\n')).toContain('•  Technical debt within limits: accepted, PM, due ');
    expect((await exported()).pages[0]).toContain('all');
    for (const [args, status, words] of [
      [['--search', 'nothing'], 1, 'No decision fits'],
      [['--search', 'since:tomorrow'], 2, 'a day is written as 2027-01-31'],
      [['--decision', 'D-9'], 1, 'There is no decision D-9'],
      [['--decision', 'x'], 2, 'takes a number like D-17'],
    ] as const) {
      const out = desk.beside('none.pdf');
      expect(await desk.offshoot('export', '--format', 'pdf', '--out', out, ...args)).toMatchObject({
        status,
        err: expect.stringContaining(words),
      });
    }
    expect(await desk.offshoot('export', '--format', 'csv', '--search', 'x', '--out', desk.beside('c'))).toMatchObject({ status: 2 });
  });

  it('refuses a log of more than a thousand', async () => {
    desk.sql(`with recursive n(i) as (select 2 union all select i + 1 from n where i < 1001)
      insert into decisions (workspace, id, number, vote, initiative, title, outcome, state, decided_at, review_at, why)
      select 1, 'decision/' || i, i, 'vote/1', 'initiative/1', 'x', 'GO', 'final', 1, 1, '' from n`);
    expect(await desk.offshoot('export', '--format', 'pdf', '--out', desk.beside('many.pdf'))).toMatchObject({
      status: 1,
      err: expect.stringContaining('More than 1000 decisions fit'),
    });
  });

  it('shows of a secret vote receipts, and nobody’s name beside a choice', async () => {
    desk.sql("update votes set openness = 'secret'");
    desk.sql("update decisions set dissent = '[]'");
    desk.sql(`insert into published_ballots values (1, 'vote/1', 1, 'KXWM-4TRA', '{"roi":"go","debt":"missing"}')`);
    desk.sql(`insert into published_reasons values (1, 'vote/1', 1, 'debt', 'missing', 'Too old')`);
    const all = (await exported('--decision', 'D-1')).pages.join('\n');
    expect(all).toContain('Ballots by receipt');
    expect(all).toMatch(/KXWM-4TRA\n–\nG/);
    expect(all).toContain('Too old');
    for (const name of ['Member 1', 'Member 3', 'Chair\n']) expect(all).not.toContain(name);
  });
});

describe('a printed record', () => {
  const text = 'Schön Ελληνικά Кириллица';
  const dossier = (members: number, typed = text): Dossier => {
    const who = Array.from({ length: members }, (_, n): PersonId => `person/${n + 1}`);
    return {
      decision: {
        id: 'decision/17',
        number: 17,
        vote: 'vote/3',
        initiative: 'initiative/1',
        title: typed,
        subject: null,
        outcome: 'GO',
        state: 'final',
        rationale: typed,
        decided_at: 0,
        final_at: null,
        review_at: 0,
        supersedes: null,
        question: 'go-no-go',
        body: null,
        conditions: 0,
        met: 0,
        chair: null,
        reviewer: null,
        why: typed,
        dissent: '[]',
      },
      later: [],
      vote: undefined,
      body: undefined,
      criteria: currentSet.criteria.map(({ key, tier, text: said }) => ({ criterion: key, tier, text: said })),
      review: undefined,
      check: undefined,
      conditions: [],
      calibrations: [],
      appeals: [],
      dissent: [],
      ballots: who.flatMap((person, n) =>
        currentSet.criteria.map(({ key, text: said }, place) => ({
          decision: 'decision/17' as const,
          person,
          criterion: key,
          choice: n === 0 && key === 'roi' ? 'no-go' : 'go',
          reason: n === 0 && key === 'roi' ? typed : null,
          place,
          text: said,
        })),
      ),
      resumed: [],
      deputies: new Map([['person/2', 'person/1']] as const),
      published: [],
      reasons: [],
    };
  };
  const named = (id: PersonId | null) => `Member ${id?.slice(7)} Дмитрий`;
  const print = async (one: Dossier) => printed(Buffer.from(await pdfOf(recordSheet(one, named))));

  it('breaks the ballots of a large committee across pages, the head on each, and leaves out nobody', async () => {
    const pages = await print(dossier(120));
    const names = pages.join('\n').match(/^Member \d+ Дмитрий/gm)!;
    expect(new Set(names).size).toBe(120);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    pages.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${pages.length}`));
    const full = pages.filter((page) => page.includes('Member 60 ') || page.includes('Member 100 '));
    for (const page of full) expect(page).toContain('Member\n1\n2\n3\n');
    expect(pages.join('\n')).toContain('(by');
    expect(pages.join(' ').replaceAll(/\s+/g, ' ')).toContain('Member 2 Дмитрий (by Member 1 Дмитрий)');
  });

  it('has Latin, Greek and Cyrillic letters; says of others that it lacks them; breaks a word that is wider than the page', async () => {
    const all = (await print(dossier(1))).join('\n');
    expect(all).toContain(text);
    expect(all).not.toContain('A box stands for');
    expect((await print(dossier(1, '漢字'))).join('\n')).toContain('A box stands for');
    const long = (await print(dossier(1, 'x'.repeat(1000)))).join('').replaceAll('\n', '');
    expect(long).toContain('x'.repeat(1000));
    expect((await print(dossier(1, 'a\u0007b\tc')))[0]).toContain('ab c');
  });
});

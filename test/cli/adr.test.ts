import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inert } from '../../src/cli/adr.ts';
import { isOffshoots, page } from './snippet.ts';
import { signature } from '../../src/webhooks.ts';
import { aDesk } from './desk.ts';

const desk = aDesk();

it('exports each decision as a page of its own, in which what was typed is no markup', async () => {
  const out = desk.beside('decisions');
  expect(await desk.offshoot('export', '--format', 'markdown', '--out', out)).toMatchObject({
    status: 0,
    out: expect.stringContaining('1 decision'),
  });
  expect(readdirSync(out)).toEqual(['D-0001.md']);
  const text = readFileSync(join(out, 'D-0001.md'), 'utf8');
  for (const words of [
    '# D-1 GO WITH CONDITIONS: Churn model',
    '## Status\n\nfinal',
    '- Technical debt within limits: accepted, PM',
    '- Technical debt within limits: Member 3 missing, \\=HYPERLINK',
    '- Technical debt within limits (should have)',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('http://x');
  expect(statSync(join(out, 'D-0001.md')).mode & 0o777).toBe(0o600);
  desk.sql("update votes set openness = 'secret'");
  const secret = desk.beside('secret');
  desk.sql(`insert into published_ballots values (1, 'vote/1', 1, 'KXWM-4TRA', '{"debt":"missing"}')`);
  desk.sql("update vote_criteria set text = 'As *typed*' where criterion = 'debt'");
  await desk.offshoot('export', '--format', 'markdown', '--out', secret);
  const page2 = readFileSync(join(secret, 'D-0001.md'), 'utf8');
  expect(page2.split('## Ballots')[1]).not.toContain('Member');
  expect(page2).toContain('- KXWM-4TRA: As \\*typed\\* missing');
});

it.each([
  ['<b>&amp;</b>', '\\<b\\>\\&amp\\;\\<\\/b\\>'],
  ['[a](b)\n# c', '\\[a\\]\\(b\\) \\# c'],
  ['@all https://x', '&#64;all https&#58;\\/\\/x'],
])('makes %j inert', (said, shown) => expect(inert(said)).toBe(shown));

it('documents a check of signatures that works', async () => {
  const check = await isOffshoots(page);
  const [body, at] = ['{"version":1}', 1_893_456_000];
  const header = `t=${at},v1=${signature('whsec_x', at, body)}`;
  expect(check(header, body, 'whsec_x', at * 1000)).toBe(true);
  expect(check(header, `${body} `, 'whsec_x', at * 1000)).toBe(false);
  expect(check(header, body, 'whsec_y', at * 1000)).toBe(false);
  expect(check(header, body, 'whsec_x', (at + 301) * 1000)).toBe(false);
  expect(check('nonsense', body, 'whsec_x')).toBe(false);
});

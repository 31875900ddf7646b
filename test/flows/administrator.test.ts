import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { run } from '../../src/cli.ts';
import { digestOf } from '../../src/code.ts';
import { type Core, openCore, words } from '../core/house.ts';

let core: Core;
beforeEach(async () => {
  core = await openCore(flows, { pages });
});
afterEach(() => core.close());

/** A code as the command line prints it, good until 15 minutes from the clock's moment. */
async function code(purpose: 'administrator' | 'link' = 'administrator', named = 'ABCD-EFGH-JKMN'): Promise<string> {
  const row = {
    workspace: core.installation.workspace,
    digest: digestOf(named),
    purpose,
    flow: null,
    expires_at: core.clock.now() + 900_000,
  };
  await core.store.update((tables) => tables.putCode(row));
  return named;
}

const type = async (by: string, about?: string): Promise<string> =>
  words(
    await core.act(by, 'administrators', 'show', undefined, {
      press: { to: 'administrators', input: 'show', ...(about ? { about } : {}) },
    }),
  );

const rows = () => core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'administrators' }));

describe('administrators', () => {
  it('are none at first, and it is said how the first one is named', async () => {
    expect(await type('chair')).toContain('npx offshoot administrator');
  });

  it('are made by a code, which is good once and stands nowhere in clear', async () => {
    const printed = await code();
    expect(await type('chair', printed.toLowerCase().replaceAll('-', ' '))).toContain('You are an administrator');
    expect(await rows()).toMatchObject([{ id: 'administrator/1', person: 'person/1' }]);
    expect(await type('pm', printed)).toContain('That code was used already');
    expect(await rows()).toHaveLength(1);
    const journal = await core.store.look((tables) => tables.journal(core.installation.workspace, 0, 100));
    expect(JSON.stringify(journal)).not.toContain('ABCD');
  });

  it.each([
    ['wrong', 0, 'ABCD-EFGH-0000', 'That is no code for this'],
    ['too late', 900_000, undefined, 'That code came too late'],
  ])('are not made by one that is %s', async (_, later, other, said) => {
    const printed = await code();
    core.clock.move(core.clock.now() + later);
    expect(await type('chair', other ?? printed)).toContain(said);
    expect(await rows()).toEqual([]);
  });

  it('are not made by a code for something else', async () => {
    expect(await type('chair', await code('link'))).toContain('That is no code for this');
  });

  it('wait after five wrong codes, whatever they type, and others do not', async () => {
    const printed = await code();
    for (let n = 0; n < 5; n++) expect(await type('chair', `WRNG-WRNG-WRN${n}`)).toContain('That is no code');
    expect(await type('chair', printed)).toContain('Please wait 15 minutes');
    expect(await type('pm', printed)).toContain('You are an administrator');
    core.clock.move(core.clock.now() + 900_000);
    expect(await type('chair', await code('administrator', 'ZZZZ-ZZZZ-ZZZZ'))).toContain('You are an administrator');
  });

  it('name and remove others, but not the last one', async () => {
    await type('chair', await code());
    expect(await type('pm')).toContain('card Administrators');
    expect(words(await core.act('pm', 'administrator', 'open', { person: 'person/2' }))).toContain('Please ask person/1');
    expect(words(await core.act('chair', 'administrator', 'open', { person: 'person/2' }))).toContain('person/2 is an administrator now');
    expect(words(await core.act('chair', 'administrator', 'open', { person: 'person/2' }))).toContain('is an administrator already');
    expect(words(await core.act('pm', 'administrator/1', 'remove'))).toContain('no administrator any more');
    expect(words(await core.act('pm', 'administrator/2', 'remove'))).toContain('the last administrator');
    expect(words(await core.act('chair', 'administrator/2', 'remove'))).toContain('Please ask person/2');
    expect(await rows()).toMatchObject([{ id: 'administrator/2', person: 'person/2' }]);
  });
});

it('npx offshoot administrator prints a code while the house runs, of which only the digest is kept', async () => {
  // The journal tells how far the clock was moved by hand.
  await type('pm', await code());
  let out = '';
  const terminal = {
    env: { DATABASE_URL: `file:${core.file}`, OFFSHOOT_CLOCK: 'manual' },
    out: (said: string) => void (out += said),
    err: (said: string) => void (out += said),
  };
  expect(await run(['administrator', '--json'], terminal)).toBe(0);
  const { code: printed } = JSON.parse(out) as { code: string };
  expect(printed).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/);
  expect(await type('chair', printed)).toContain('You are an administrator');
  out = '';
  expect(await run(['administrator', '--workspace', 'Nowhere'], terminal)).toBe(2);
  expect(out).toContain('There are: 1 (Test)');
});

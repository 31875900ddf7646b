import { describe, expect, it } from 'vitest';
import { descendantsOf } from '../../flows/initiative/family.ts';
import { initiativeCard } from '../../flows/initiative/cards.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import type { Initiative } from '../../flows/initiative/state.ts';
import { initiatives as page } from '../../flows/pages/things.ts';
import type { Card } from '../../src/card.ts';
import type { Refused } from '../../src/flow.ts';
import { formOf, type Question, read } from '../../src/form.ts';
import type { FlowId } from '../../src/id.ts';
import { type Branch, pictureText, type Tree } from '../../src/picture.ts';
import type { Derived } from '../../src/record.ts';
import { cardInWords, inWords, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

type Row = Derived['initiatives'];

const row = (n: number, name: string, parent: number | null = null, more: Partial<Row> = {}): Row => ({
  id: `initiative/${n}`,
  name,
  stage: 'pilot',
  owner: PM,
  sponsor: SPONSOR,
  channel: 'channel/2',
  registered_at: START,
  parent: parent === null ? null : `initiative/${parent}`,
  recontextualized: parent === null ? null : 'users: nurses instead of doctors',
  ...more,
});

/** Triage, its two offshoots, one of theirs, and one that stands alone. */
const all = [
  row(1, 'Triage'),
  row(2, 'Triage for nurses', 1),
  row(3, 'Triage abroad', 1, { stage: 'retired' }),
  row(4, 'Triage at night', 2),
  row(5, 'Returns'),
];

const asked = (about: string, rows: readonly Row[] = all) => initiative.open.question!(about, moment(PM), { initiatives: [...rows] });
const form = (about: string) => formOf(asked(about) as Question, { to: 'initiative', input: 'open' });
const answers = { owner: PM, sponsor: SPONSOR, channel: 'channel/2' } as const;
const register = (more: object, rows: readonly Row[] = all) =>
  start<Initiative>(initiative, { ...answers, name: 'Triage by phone', ...more }, moment(PM), { initiatives: rows });

describe('an offshoot', () => {
  it('is asked for with what its parent has, and with what changes', () => {
    const { title, fields } = form('of initiative/1 Triage by phone');
    expect(title).toBe('Register an offshoot');
    expect(fields.map(({ label, value }) => [label, value])).toEqual([
      ['Name', 'Triage by phone'],
      ['Owner', PM],
      ['Sponsor', SPONSOR],
      ['Channel', 'channel/2'],
      ['Offshoot of', 'initiative/1'],
      ['What is recontextualized', undefined],
      ['How', undefined],
    ]);
  });

  it('is told to its parent’s channel, and led to the family from there', () => {
    const more = { parent: 'initiative/1', context: 'users', how: 'callers instead of patients', channel: 'channel/9' };
    const { state } = taken(register(more));
    const [surface] = initiative.surfaces(state, 'initiative/6');
    expect(surface).toMatchObject({ key: 'offshoot', to: 'channel/2' });
    expect(cardInWords(surface!.card)).toContain(`${PM} registered it as an offshoot of Triage`);
    expect(cardInWords(surface!.card)).toContain('Changed: users: callers instead of patients');
    expect(surface!.card.buttons).toEqual([
      { label: 'Show the family', press: { to: 'initiatives', input: 'show', about: 'tree initiative/6' } },
    ]);
    const ended = { ...state, retired: { by: PM, at: START, reason: 'Nobody called' } };
    expect(cardInWords(initiative.surfaces(ended, 'initiative/6')[0]!.card)).toContain('Nobody called');
    expect(initiative.surfaces(taken(register({})).state, 'initiative/6')).toEqual([]);
  });

  it('takes an idea that is longer than a name, and loses nothing of it', () => {
    // A name ends amidst the plant.
    const idea = `${'x'.repeat(79)}🌱 and more`;
    const fields = form(`of initiative/1 ${idea}`).fields;
    const name = String(fields.find(({ key }) => key === 'name')!.value);
    expect(idea.startsWith(name)).toBe(true);
    expect(name.length).toBeLessThanOrEqual(80);
    expect(/[\uD800-\uDBFF]$/.test(name)).toBe(false);
    expect(fields.find(({ key }) => key === 'how')!.value).toBe(idea);
  });

  it('leaves the form of any other initiative with its four fields', () => {
    for (const about of ['', 'Triage by phone', 'of doctors', 'of initiative/x'])
      expect(form(about)).toMatchObject({ title: 'Register an initiative', fields: { length: 4 } });
  });

  it('keeps its parent and what changed, in its state and in its row', () => {
    const { state, say } = taken(register({ parent: 'initiative/1', context: 'users', how: 'nurses instead of doctors' }));
    expect(state).toMatchObject({ parent: 'initiative/1', recontextualized: { context: 'users', how: 'nurses instead of doctors' } });
    expect(state).not.toHaveProperty('context');
    expect(inWords(say!)).toContain(
      'Registered: Triage by phone, an offshoot of Triage. Its review opens with /pilot-review Triage by phone.',
    );
    expect(initiative.records(state, 'initiative/9')).toMatchObject([
      { row: { parent: 'initiative/1', recontextualized: 'users: nurses instead of doctors' } },
    ]);
    const bare = taken(register({ parent: 'initiative/1', context: 'market' })).state;
    expect(initiative.records(bare, 'initiative/9')).toMatchObject([{ row: { recontextualized: 'market' } }]);
    expect(initiative.records(taken(register({})).state, 'initiative/9')).toMatchObject([
      { row: { parent: null, recontextualized: null } },
    ]);
  });

  it.each([
    ['a retired one', 'of initiative/3', 'Triage abroad is retired'],
    ['one that is not there', 'of initiative/99', 'no such initiative'],
  ])('is not made of %s', (_, about, sentence) => {
    const parent = about.slice(3);
    expect(refusal(asked(about) as never)).toContain(sentence);
    const step = register({ parent, context: 'users' });
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'parent' });
  });

  it('is only made of the parent that the form names', () => {
    const { schema } = asked('of initiative/1') as Question;
    const raw = { name: 'X', owner: PM, sponsor: SPONSOR, channel: 'channel/2', context: 'users' };
    const reading = { zone: 'UTC', resolve: (_: string, id: string) => id };
    expect(read(schema, { ...raw, parent: 'initiative/1' }, reading)).toMatchObject({ values: { parent: 'initiative/1' } });
    expect(read(schema, { ...raw, parent: 'initiative/5' }, reading)).toMatchObject({ errors: { parent: expect.anything() } });
  });
});

describe('another parent', () => {
  const state = (one: Row): Initiative => ({
    name: one.name,
    owner: PM,
    sponsor: SPONSOR,
    channel: 'channel/2',
    stage: 'pilot',
    registered: { by: PM, at: START },
    ...(one.parent ? { parent: one.parent, recontextualized: { context: 'users' as const } } : {}),
  });
  const edit = (one: Row, more: object, rows = all) =>
    initiative.step(state(one), { type: 'edit', name: one.name, ...answers, stage: 'pilot', parent: 'none', ...more }, moment(PM), {
      initiatives: rows,
      self: [one],
    });

  it.each([
    ['itself', all[0]!, { parent: 'initiative/1', context: 'users' }, 'parent', 'offshoot of itself'],
    ['its offshoot', all[0]!, { parent: 'initiative/2', context: 'users' }, 'parent', 'Triage for nurses is itself an offshoot of Triage'],
    ['an offshoot of that', all[0]!, { parent: 'initiative/4', context: 'users' }, 'parent', 'by Triage for nurses. Choose another one'],
    ['a retired one', all[4]!, { parent: 'initiative/3', context: 'users' }, 'parent', 'is retired'],
    ['one without what changed', all[4]!, { parent: 'initiative/1' }, 'context', 'For example: Users'],
  ] as const)('is refused: %s', (_, one, more, at, sentence) => {
    const step = edit(one, more);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at });
  });

  it('is given, changed and taken away', () => {
    const given = taken(edit(all[4]!, { parent: 'initiative/4', context: 'geography', how: 'Two more countries' })).state;
    expect(given).toMatchObject({ parent: 'initiative/4', recontextualized: { context: 'geography', how: 'Two more countries' } });
    const alone = taken(edit(all[3]!, { parent: 'none', context: 'users' })).state;
    expect(alone).not.toHaveProperty('parent');
    expect(alone).not.toHaveProperty('recontextualized');
  });

  it('stays, though it has been retired meanwhile', () => {
    const rows = [row(1, 'Triage', null, { stage: 'retired' }), row(2, 'Triage for nurses', 1)];
    expect(taken(edit(rows[1]!, { parent: 'initiative/1', context: 'users' }, rows)).state).toMatchObject({ parent: 'initiative/1' });
    const question = initiative.inputs.edit.question!(state(rows[1]!), moment(PM), { initiatives: rows, self: [rows[1]!] }, '') as Question;
    const parent = formOf(question, { to: 'initiative/2', input: 'edit' }).fields.find(({ key }) => key === 'parent')!;
    expect(parent).toMatchObject({ value: 'initiative/1', options: [{ value: 'none' }, { value: 'initiative/1', label: 'Triage' }] });
  });
});

describe('the card of an initiative', () => {
  it('names its parent, what changed, and how many offshoots live', () => {
    expect(cardInWords(initiativeCard(all[0]!, all))).toContain('Offshoots: 1 alive, 2 with theirs');
    const card = initiativeCard(all[1]!, all);
    expect(cardInWords(card)).toContain('Offshoot of: Triage\nChanged: users: nurses instead of doctors\nOffshoots: 1 alive');
    expect(cardInWords(initiativeCard(all[4]!, all))).toMatch(/Offshoots: 0 alive(?!.*Offshoot of)/s);
  });

  it('has the button of an offshoot while it lives, and that of the family where there is one', () => {
    const labels = (one: Row) => initiativeCard(one, all).buttons!.map(({ label }) => label);
    expect(initiativeCard(all[0]!, all).buttons).toContainEqual({
      label: 'Register an offshoot',
      press: { to: 'initiative', input: 'open', about: 'of initiative/1' },
    });
    expect(labels(all[0]!)).toContain('Show the family');
    expect(labels(all[3]!)).toContain('Show the family');
    expect(labels(all[4]!)).not.toContain('Show the family');
    expect(labels(all[2]!)).not.toContain('Register an offshoot');
  });
});

describe('/initiative tree', () => {
  const decided = (n: number, initiativeId: FlowId, outcome: string, at: number) =>
    ({ number: n, initiative: initiativeId, outcome, decided_at: at }) as Derived['decisions'];
  const reviewed = (initiativeId: FlowId, verdict: string, at: number) =>
    ({ initiative: initiativeId, verdict, decided_at: at }) as Derived['reviews'];
  const verdicts = {
    decisions: [decided(3, 'initiative/2', 'NO-GO', START + 2), decided(1, 'initiative/1', 'GO', START)],
    reviews: [reviewed('initiative/1', 'EXTEND', START + 1), reviewed('initiative/2', 'SCALE', START)],
  };
  const shown = (about: string, rows: readonly Row[] = all) => page.show(about, moment(PM), { initiatives: rows, ...verdicts }) as Card;
  const refusing = (about: string) => page.show(about, moment(PM), { initiatives: all, ...verdicts }) as Refused;
  const trees = (card: Card) => card.parts.flatMap((part) => (part.kind === 'picture' ? [part.picture as Tree] : []));
  const size = (branch: Branch): number => 1 + branch.offshoots.reduce((sum, one) => sum + size(one), 0);

  it('draws the family from its topmost ancestor down, with stage and last verdict of each', () => {
    const card = shown('tree night');
    expect(trees(card)).toEqual([
      {
        kind: 'tree',
        title: 'Family of Triage',
        root: {
          label: 'Triage',
          note: 'Pilot, review EXTEND',
          offshoots: [
            {
              label: 'Triage for nurses',
              note: 'Pilot, D-3 NO-GO',
              offshoots: [{ label: 'Triage at night', note: 'Pilot, no verdict yet', chosen: true, offshoots: [] }],
            },
            { label: 'Triage abroad', note: 'Retired, no verdict yet', offshoots: [] },
          ],
        },
      },
    ]);
    expect(pictureText(trees(card)[0]!)).toContain(
      'Triage (Pilot, review EXTEND), with 2 offshoots: [Triage for nurses (Pilot, D-3 NO-GO)',
    );
  });

  it('asks the tables for verdicts only where a tree is meant', () => {
    const rows = (about: string) => page.needs(about, moment(PM)).map((need) => need.rows);
    expect(rows('tree')).toEqual(['initiatives', 'latest_decisions', 'reviews']);
    expect(rows('Tree  Triage')).toContain('reviews');
    expect(rows('treehouse')).toEqual(['initiatives', 'ratings']);
  });

  it('finds by number, prefers what lives, and says what it knows', () => {
    expect(trees(shown('tree initiative/4'))[0]!.title).toBe('Family of Triage');
    expect(refusal(refusing('tree submarine'))).toContain('No initiative fits “submarine”');
    expect(refusal(refusing('tree tri'))).toContain('fits several initiatives');
    const twice = [row(1, 'Triage', null, { stage: 'retired' }), row(2, 'Triage')];
    expect(trees(shown('tree triage', twice))[0]!.root).toMatchObject({ note: 'Pilot, D-3 NO-GO' });
    expect(cardInWords(shown('tree returns'))).toContain('It has no offshoots yet');
  });

  it('shows the card of an initiative that has the word in its name', () => {
    expect(cardInWords(shown('tree counter', [row(1, 'Tree counter')]))).toContain('Stage: Pilot');
  });

  it('shows every family that has offshoots, the largest first, and counts the others', () => {
    const card = shown('tree', [row(6, 'Pricing'), row(7, 'Pricing abroad', 6), ...all]);
    expect(trees(card).map(({ title }) => title)).toEqual(['Family of Triage', 'Family of Pricing']);
    expect(JSON.stringify(card)).not.toContain('chosen');
    expect(cardInWords(card)).toContain('3 offshoots are alive. 1 initiative stands alone.');
    expect(cardInWords(shown('tree', [all[4]!]))).toContain('No initiative has an offshoot yet');
  });

  /** Forty-one or more: a top, `wide` offshoots, and one of each of those. */
  const large = (wide: number): Row[] => [
    row(1, 'Top'),
    ...Array.from({ length: wide }, (_, index) => row(index + 2, `Offshoot ${index + 2}`, 1)),
    ...Array.from({ length: wide }, (_, index) => row(index + 10_000, `Of offshoot ${index + 2}`, index + 2)),
  ];

  it('draws at most forty: the branch of the one that is meant, and says how many are left out', () => {
    const card = shown('tree initiative/7', large(30));
    const [tree] = trees(card);
    expect(tree!.root).toMatchObject({
      label: 'Top',
      offshoots: [{ label: 'Offshoot 7', chosen: true, offshoots: [{ label: 'Of offshoot 7', offshoots: [] }] }],
    });
    expect(cardInWords(card)).toContain('58 more of the family are left out');
    const wide = trees(shown('tree initiative/1', large(30)))[0]!;
    expect([size(wide.root), wide.root.offshoots.length]).toEqual([40, 30]);
    expect(cardInWords(shown('tree initiative/1', large(19)))).not.toContain('left out');
  });

  it('keeps the one that is meant in sight at the end of a long line', () => {
    const line = Array.from({ length: 60 }, (_, index) => row(index + 1, `Generation ${index + 1}`, index === 0 ? null : index));
    const [tree] = trees(shown('tree initiative/60', line));
    expect(size(tree!.root)).toBe(20);
    expect(JSON.stringify(tree)).toContain('"label":"Generation 60","note":"Pilot, no verdict yet","chosen":true');
  });

  it('cuts only the largest family of all, and tells of those that do not fit', () => {
    const others = Array.from({ length: 9 }, (_, n) => [
      row(2000 + 2 * n, `Other ${n}`),
      row(2001 + 2 * n, `Other ${n}b`, 2000 + 2 * n),
    ]).flat();
    const cut = shown('tree', [...large(30), ...others]);
    expect(trees(cut)).toHaveLength(1);
    expect(cardInWords(cut)).toContain('21 more of this family are left out');
    expect(cardInWords(cut)).toContain('9 more families');
    const many = shown('tree', others);
    expect(trees(many)).toHaveLength(6);
    expect(cardInWords(many)).toContain('3 more families');
  });

  it('walks ten thousand initiatives', () => {
    const rows = large(5000);
    expect(descendantsOf('initiative/1', rows)).toHaveLength(10_000);
    expect(size(trees(shown('tree', rows))[0]!.root)).toBe(40);
  });
});

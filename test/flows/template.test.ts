import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { builtIn } from '../../flows/criteria/sets.ts';
import { flows, pages } from '../../flows/index.ts';
import { templates } from '../../flows/pages/templates.ts';
import { sourceOf, templateIn } from '../../flows/template/source.ts';
import { MOST_TEMPLATES, template, type Template } from '../../flows/template/template.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { cardText } from '../../src/card.ts';
import type { Derived } from '../../src/record.ts';
import { type Core, openCore, START as OPENED, words } from '../core/house.ts';
import { CHAIR, DAY, Given, inWords, member, moment, refusal, start, START, taken } from './given.ts';

const good = `name: data-gate
title: Data gate
criteria:
  - key: quality
    tier: must
    text: The data are complete
  - key: owner
    tier: should
    text: "Owner: *named* & <known>"
`;
const of = (change: (lines: string[]) => string[]) => change(good.split('\n')).join('\n');
const line = (n: number, said: string) => of((lines) => lines.map((one, index) => (index === n - 1 ? said : one)));
const without = (n: number) => of((lines) => lines.filter((_, index) => index !== n - 1));
const mistake = (source: string) => {
  const read = templateIn(source);
  if (!('mistake' in read)) throw new Error(`was read: ${JSON.stringify(read)}`);
  return inWords(read.mistake);
};
const many = (count: number, text = 'x') =>
  `name: n\ntitle: T\ncriteria:\n${Array.from({ length: count }, (_, n) => `- {key: k${n}, tier: must, text: "${text}"}\n`).join('')}`;

describe('a template of YAML', () => {
  it('is read as it is written', () => {
    expect(templateIn(good)).toEqual({
      template: {
        name: 'data-gate',
        title: 'Data gate',
        criteria: [
          { key: 'quality', tier: 'must', text: 'The data are complete' },
          { key: 'owner', tier: 'should', text: 'Owner: *named* & <known>' },
        ],
      },
    });
  });

  it('is in the documentation', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/templates.md'), 'utf8');
    const [, example] = /```yaml\n(.*?)```/s.exec(page)!;
    expect(templateIn(example!)).toMatchObject({ template: { name: 'data-gate', criteria: { length: 4, 1: { rule: 'consensus' } } } });
    const wrong = example!.replace('tier: must\n    text: "Consent', 'tier: may\n    text: "Consent');
    expect(page).toContain(`“${mistake(wrong).replace('line 8', 'line 9')}”`);
  });

  it.each(builtIn.map((one) => [one.name, one] as const))('shows %s so that it can be read again', (_, { name, title, set }) => {
    expect(templateIn(sourceOf({ name, title, criteria: set.criteria }))).toEqual({ template: { name, title, criteria: set.criteria } });
  });

  it.each([
    ['a colon', line(6, '    text: Ready: yes or no'), 'line 6: this is not YAML'],
    ['an id twice', line(7, '  - key: quality'), 'line 7: the key “quality” stands twice, first in line 4.'],
    ['an unknown tier', line(8, '    tier: may'), 'line 8: the tier “may” is not known: must, should or nice.'],
    ['no tier', without(8), 'line 7: “tier” is missing, like tier: must.'],
    ['an empty tier', line(8, '    tier:'), 'line 8: “tier” is missing'],
    ['no must', line(5, '    tier: nice'), 'line 4: no criterion is a must.'],
    ['121 characters', line(6, `    text: ${'x'.repeat(121)}`), 'line 6: at most 120 characters, please: this text has 121.'],
    ['a long title', line(2, `title: ${'x'.repeat(61)}`), 'line 2: at most 60 characters'],
    ['an empty text', line(6, '    text: "\u200b "'), 'line 6: “text” is empty'],
    ['a text that is a number', line(6, '    text: 95'), 'line 6: “text” is not a text. Put it in quotes, like text: "95".'],
    ['a text that is a list', line(6, '    text: [a]'), 'line 6: “text” is not a text'],
    ['a name with capitals', line(1, 'name: Data Gate'), 'line 1: “Data Gate” is no name'],
    ['the name of another question', line(1, 'name: ranking'), 'line 1: “ranking” is a word of Offshoot’s own'],
    ['the id of a form’s own word', line(4, '  - key: type'), 'line 4: “type” is a word of Offshoot’s own'],
    ['an id that every object knows', line(4, '  - key: constructor'), 'line 4: “constructor” is a word'],
    ['an id with a dot', line(4, '  - key: a.b'), 'line 4: “a.b” is no key'],
    ['an unknown field of the template', `${good}owner: me\n`, 'line 10: “owner” is not known here. A template has'],
    ['an unknown field of a criterion', line(6, '    txt: x'), 'line 4: “text” is missing'],
    ['a field too many', `${good}    weight: 3\n`, 'line 10: “weight” is not known here. A criterion has'],
    ['an unknown rule', `${good}    rule: unanimity\n`, 'line 10: the rule “unanimity” is not known: any no-go blocks, majority'],
    ['a minimum of nobody', `${good}    rule: at least 0 go\n`, 'line 10: the rule “at least 0 go” is not known'],
    ['a word twice', `title: Again\n${good}`, 'line 3: the same word stands twice'],
    ['no criteria', 'name: a\ntitle: A\n', 'line 1: “criteria” is missing'],
    ['an empty list', 'name: a\ntitle: A\ncriteria: []\n', 'line 3: there is no list of criteria'],
    ['words for criteria', 'name: a\ntitle: A\ncriteria: many\n', 'line 3: there is no list of criteria'],
    ['words for a criterion', 'name: a\ntitle: A\ncriteria:\n- good\n', 'line 4: a criterion has key, tier and text'],
    ['16 criteria', many(16), 'more than 15 criteria'],
    ['no template at all', 'hello', 'line 1: this is no template'],
    ['nothing but a comment', '# hello', 'line 1: this is no template'],
    ['an anchor', line(6, '    text: &a Complete'), 'line 6: “&” names text'],
    ['an alias', line(6, '    text: *a'), 'line 6:'],
    ['a bomb', `a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n${good}`, 'line 1: “&”'],
    ['a tag', line(6, '    text: !!str 5'), 'line 6: “!” gives a type'],
    ['a directive', `%YAML 1.1\n---\n${good}`, 'line 1: a line that begins with “%”'],
    ['two documents', `${good}---\n${good}`, 'this is not YAML'],
    ['a prototype', `${good}__proto__: {x: 1}\n`, 'line 10: “__proto__” is not known here'],
    ['depth', '['.repeat(3000), 'line 1: this is n'],
    ['depth that is closed', `${'['.repeat(1500)}${']'.repeat(1500)}`, 'line 1: this is n'],
  ])('is refused for %s, with line and reason', (_, source, sentence) => {
    expect(mistake(source)).toContain(sentence);
  });

  it('takes 120 characters, 15 criteria, rules, dots, quotes and markup', () => {
    expect(templateIn(line(6, `    text: ${'x'.repeat(120)}`))).toHaveProperty('template');
    expect(templateIn(many(15, 'x'.repeat(120)))).toHaveProperty('template');
    expect(many(15, 'x'.repeat(120)).length).toBeLessThanOrEqual(3000);
    expect(templateIn(`${good}    rule: at least 3 go\n`)).toMatchObject({ template: { criteria: { 1: { rule: 'at least 3 go' } } } });
    const text = `**a** <b> & "c" ... 'd' @all [e](https://example.com)`;
    expect(templateIn(line(6, `    text: ${JSON.stringify(text)}`))).toMatchObject({ template: { criteria: { 0: { text } } } });
  });
});

const administrators: Derived['administrators'][] = [{ id: 'administrator/1', person: CHAIR, since: START }];
const facts = { administrators, templates: [] as Derived['templates'][] };
const begun = (source = good) => {
  const step = taken(start<Template>(template, { source }, moment(CHAIR), facts));
  const given = new Given<Template>(template, step.state);
  given.facts = facts;
  return given;
};
const rowOf = (given: Given<Template>) => template.records(given.state, 'template/1')[0]!.row as Derived['templates'];

describe('writing a template', () => {
  it('shows how the ballot reads before it is saved', () => {
    const step = taken(start<Template>(template, { source: good }, moment(CHAIR), facts));
    expect(step.next).toBe('save');
    const question = template.inputs.save.question!(step.state, moment(CHAIR), facts, '');
    if (!question || 'refused' in question) throw new Error('was refused');
    expect(question.submit).toBe('Save version 1');
    expect(question.intro!.map(inWords).join('\n')).toContain('Should have: Owner: *named* & <known>');
    expect(question.intro!.flat()).toContainEqual({ kind: 'typed', text: 'Owner: *named* & <known>' });
    expect(template.records(step.state, 'template/1')[0]!.row).toMatchObject({ version: 0, state: 'draft', waiting: 1 });
  });

  it('raises the version with each saving and keeps the old ones', () => {
    const given = begun();
    given.when({ type: 'save' }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ version: 1, state: 'current', waiting: 0 });
    given.when({ type: 'edit', source: line(2, 'title: Data, again') }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ version: 1, title: 'Data gate', waiting: 1 });
    given.when({ type: 'save' }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ version: 2, title: 'Data, again' });
    expect(given.state.saved.map(({ version, title }) => [version, title])).toEqual([
      [1, 'Data gate'],
      [2, 'Data, again'],
    ]);
    expect(refusal(given.attempt({ type: 'save' }, moment(CHAIR)))).toContain('nothing to save');
  });

  it('goes on from the version of a built-in set, and gives its place back when it is retired', () => {
    const given = begun(line(1, 'name: gate'));
    given.when({ type: 'save' }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ name: 'gate', version: 2 });
    given.when({ type: 'retire' }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ state: 'retired', version: 2 });
    expect(refusal(given.attempt({ type: 'retire' }, moment(CHAIR)))).toContain('retired already');
    given.when({ type: 'edit', source: line(1, 'name: gate') }, moment(CHAIR));
    given.when({ type: 'save' }, moment(CHAIR));
    expect(rowOf(given)).toMatchObject({ state: 'current', version: 3 });
  });

  it('refuses a mistake at the field and leaves what was saved', () => {
    const given = begun();
    given.when({ type: 'save' }, moment(CHAIR));
    const before = given.state;
    const step = given.attempt({ type: 'edit', source: line(8, '    tier: may') }, moment(CHAIR));
    expect(step).toMatchObject({ at: 'source' });
    expect(refusal(step)).toContain('line 8');
    expect(refusal(given.attempt({ type: 'edit', source: line(1, 'name: other') }, moment(CHAIR)))).toContain('“data-gate” and stays');
    expect(given.state).toBe(before);
  });

  it('saves only what was looked at', () => {
    const given = begun();
    given.when({ type: 'edit', source: line(2, 'title: Other') }, moment(CHAIR));
    expect(refusal(given.attempt({ type: 'save', seen: 1 }, moment(CHAIR)))).toContain('changed since you looked');
    given.when({ type: 'save', seen: 2 }, moment(CHAIR));
  });

  it('is for administrators alone', () => {
    const given = begun();
    for (const input of [{ type: 'edit', source: good }, { type: 'save' }, { type: 'retire' }])
      expect(refusal(given.attempt(input, moment(member(1))))).toContain('Only an administrator');
    expect(refusal(start(template, { source: good }, moment(member(1)), facts))).toContain('Only an administrator');
    for (const input of ['edit', 'save', 'retire'] as const)
      expect(refusal(template.inputs[input].question!(given.state, moment(member(1)), facts, '') as never)).toContain(
        'Only an administrator',
      );
  });

  it('refuses a second one of the same name, and one too many', () => {
    const taken = { ...facts, templates: [{ name: 'data-gate', state: 'retired' }] };
    expect(refusal(start(template, { source: good }, moment(CHAIR), taken))).toContain('already');
    const given = begun();
    given.facts = { ...facts, templates: Array.from({ length: MOST_TEMPLATES }, (_, n) => ({ name: `t${n}`, state: 'current' })) };
    expect(refusal(given.attempt({ type: 'save' }, moment(CHAIR)))).toContain('Retire one first');
    given.facts = {
      ...facts,
      templates: Array.from({ length: MOST_TEMPLATES }, (_, n) => ({ name: `t${n}`, state: n ? 'current' : 'draft' })),
    };
    given.when({ type: 'save' }, moment(CHAIR));
  });
});

describe('the page of templates', () => {
  const names = { person: (id: string) => id, channel: (id: string) => id };
  const shown = (about: string, rows: Derived['templates'][] = [], by = CHAIR) => {
    const card = templates.show(about, moment(by), { templates: rows, administrators });
    return 'parts' in card ? { said: cardText(card, names, 'UTC'), buttons: (card.buttons ?? []).map(({ label }) => label) } : card;
  };
  it('lists what there is, a workspace’s own in the place of a built-in one', () => {
    const given = begun(line(1, 'name: gate'));
    given.when({ type: 'save' }, moment(CHAIR));
    const list = shown('', [rowOf(given)]) as { said: string };
    expect(list.said).toContain('gate/2: Data gate');
    expect(list.said).not.toContain('gate/1');
    expect(list.said).toContain('change/1: Change control, built in');
    expect(shown('gate', [rowOf(given)])).toMatchObject({
      said: expect.stringContaining('Must have\n• The data are complete'),
      buttons: ['Change', 'Retire'],
    });
  });
  it('shows the criteria of a built-in one, with its button for administrators alone', () => {
    expect(shown('go-no-go')).toMatchObject({
      said: expect.stringContaining('Should have\n• User satisfaction above threshold'),
      buttons: ['Replace it'],
    });
    expect(shown('go-no-go', [], member(1))).toMatchObject({ buttons: [] });
    expect(shown('new-one')).toEqual({ go: { to: 'template', input: 'open', about: 'new-one' } });
  });
});

describe('over the engine', () => {
  let core: Core | undefined;
  afterEach(async () => {
    await core?.close();
    core = undefined;
  });

  it('a vote keeps the version that it was opened with, whatever is saved or retired after it', async () => {
    core = await openCore(flows, { pages });
    const { store, installation, act } = core;
    await store.update(function* (tables) {
      yield* tables.putChannel(installation, { address: 'c', name: 'churn-model', zone: 'UTC', reference: null });
      yield* tables.putIdentity(installation, 'pm', { name: 'PM' });
      yield* tables.putRecord(installation.workspace, {
        table: 'administrators',
        row: { id: 'administrator/1', person: 'person/1', since: OPENED },
      });
    });
    await act('pm', 'initiative', 'open', { name: 'Churn model', owner: 'person/1', sponsor: 'person/1', channel: 'channel/1' });
    await act('pm', 'body', 'open', { name: 'Board', members: 'person/1', chair: 'person/1', quorum: '1', rule: 'majority' });

    const wrong = await act('pm', 'template', 'open', { source: line(8, '    tier: may') });
    expect(wrong).toMatchObject({ kind: 'errors', errors: { source: 'line 8: the tier “may” is not known: must, should or nice.' } });
    expect(wrong).toMatchObject({ form: { fields: [{ value: line(8, '    tier: may'), longest: 3000 }] } });
    expect(await act('pm', 'template', 'open', { source: good })).toMatchObject({ kind: 'form', form: { submit: 'Save version 1' } });
    expect(words(await act('pm', 'template/1', 'save', {}))).toContain('data-gate/1');

    const terms = { initiative: 'initiative/1', body: 'body/1', channel: 'channel/1', rule: 'majority', quorum: '1', changes: 'true' };
    const answers = { ...terms, deadline: String((OPENED + DAY) / 1000), question: 'data-gate' };
    expect(await act('pm', 'vote', 'open', answers)).toMatchObject({ kind: 'done' });
    await act('pm', 'template/1', 'edit', { source: line(2, 'title: Other') });
    await act('pm', 'template/1', 'save', {});
    await act('pm', 'template/1', 'retire', {});
    expect(await act('pm', 'vote', 'open', { ...answers, subject: 'again' })).toMatchObject({
      kind: 'errors',
      errors: { question: expect.any(String) },
    });
    const vote = (await store.look((tables) => tables.flow(installation.workspace, 'vote/1')))!.state as Vote;
    expect(vote).toMatchObject({ set: 'data-gate/1', title: 'Data gate', criteria: [{ key: 'quality' }, { key: 'owner' }] });

    await act('pm', 'vote/1', 'ballot', { quality: 'go', owner: 'missing' });
    await act('pm', 'vote/1', 'reasons', { owner: 'Nobody' });
    await core.timekeeper.sweep();
    const rows = await store.look((tables) => tables.rows(installation.workspace, { as: 'decisions', rows: 'decisions' }));
    expect(rows).toMatchObject([{ question: 'data-gate', outcome: 'GO WITH CONDITIONS' }]);
  });
});

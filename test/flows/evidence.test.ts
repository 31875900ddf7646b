import { describe, expect, it } from 'vitest';
import { criterionText, criteriaOf } from '../../flows/evidence/criteria.ts';
import { type Evidence, evidence } from '../../flows/evidence/evidence.ts';
import { linkField } from '../../flows/evidence/link.ts';
import { flows } from '../../flows/index.ts';
import { evidenceList } from '../../flows/pages/evidence.ts';
import type { Question } from '../../src/form.ts';
import { formOf, read } from '../../src/form.ts';
import type { Moment } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { excerpt } from '../../src/text.ts';
import { cardInWords, DAY, Given, member, moment, PM, refusal, SPONSOR, START, start, taken } from './given.ts';

const initiative = (n: number, name: string, more: Partial<Derived['initiatives']> = {}): Derived['initiatives'] => ({
  id: `initiative/${n}`,
  name,
  stage: 'pilot',
  owner: PM,
  sponsor: SPONSOR,
  channel: `channel/${n}`,
  registered_at: START,
  parent: null,
  recontextualized: null,
  ...more,
});
const CHURN = initiative(1, 'Churn model');
const PRICING = initiative(2, 'Pricing model');
const OLD = initiative(3, 'Old model', { stage: 'retired' });
const initiatives = [CHURN, OLD, PRICING];

const row = (n: number, more: Partial<Derived['evidence']> = {}): Derived['evidence'] => ({
  id: `evidence/${n}`,
  initiative: 'initiative/1',
  criterion: null,
  says: `Finding ${n}`,
  link: null,
  person: member(1),
  at: START - n * DAY,
  ...more,
});

const inChannel = (n: number, by = member(1)): Moment => ({ ...moment(by), here: { channel: `channel/${n}`, zone: 'UTC' } });
const asked = (about: string, at: Moment, known = initiatives) => evidence.open.question!(about, at, { initiatives: known, evidence: [] });
const question = (about: string, at: Moment, known = initiatives): Question => {
  const found = asked(about, at, known);
  if ('refused' in found) throw new Error(refusal(found));
  return found;
};
const put = (brief: object, by = member(1), known: readonly Derived['evidence'][] = []) =>
  start<Evidence>(evidence, { initiative: 'initiative/1', says: 'It works', ...brief }, moment(by), { initiatives, evidence: known });
const given = (brief: object = {}, by = member(1)) => new Given<Evidence>(evidence, taken(put(brief, by)).state);

describe('the form', () => {
  it.each([
    ['the one that is named', 'pric', inChannel(1), 'initiative/2'],
    ['the only one of the channel', '', inChannel(2), 'initiative/2'],
    ['none where the channel has none', '', inChannel(9), undefined],
    ['none outside of channels', '', moment(PM), undefined],
  ])('starts with %s', (_, about, at, expected) => {
    expect(question(about, at).values!['initiative']).toBe(expected);
  });

  it('starts with none where the channel has two, and with the only one that there is', () => {
    const two = [CHURN, { ...PRICING, channel: CHURN.channel }];
    expect(question('', inChannel(1), two).values!['initiative']).toBeUndefined();
    expect(question('', moment(PM), [CHURN, OLD]).values!['initiative']).toBe('initiative/1');
  });

  it('offers the living ones and all criteria', () => {
    const { fields } = formOf(question('', moment(PM)), { to: 'evidence', input: 'open' });
    const options = (key: string) => fields.find((one) => one.key === key)!.options!.map(({ label }) => label);
    expect(options('initiative')).toEqual(['Churn model', 'Pricing model']);
    expect(options('criterion')).toHaveLength(1 + 16 + 15);
    expect(options('criterion')[0]).toBe('The initiative as a whole');
    expect(options('criterion')).toContain('Go/no-go: Positive ROI at scale');
    expect(options('criterion').some((label) => label.startsWith('Review: '))).toBe(true);
  });

  it.each([
    ['a name that fits none', 'zebra', initiatives, 'No initiative fits “zebra”. There are: Churn model, Pricing model. For example: '],
    [
      'a name that fits several',
      'model',
      [CHURN, { ...PRICING, name: 'Model of churn' }, { ...OLD, stage: 'pilot', name: 'Model two' }],
      'fits several',
    ],
    ['a retired one', 'old', initiatives, 'No initiative fits “old”'],
    ['where there is none', '', [OLD], 'There is no initiative yet'],
  ])('refuses %s', (_, about, known, sentence) => {
    expect(refusal(asked(about, moment(PM), known) as never)).toContain(sentence);
  });
});

describe('criteria of two sets', () => {
  it('are told apart though they have the same key', () => {
    const both = criteriaOf([
      { set: 'go-no-go', name: 'Go/no-go', criteria: [{ key: 'debt', text: 'Technical debt within limits' }] },
      { set: 'review', name: 'Review', criteria: [{ key: 'debt', text: 'Technical debt manageable' }] },
    ]);
    expect(both).toEqual({
      whole: 'The initiative as a whole',
      'go-no-go debt': 'Go/no-go: Technical debt within limits',
      'review debt': 'Review: Technical debt manageable',
    });
  });

  it('are shown as kept when they are asked no more', () => {
    expect([criterionText('go-no-go roi'), criterionText('other gone'), criterionText(null)]).toEqual([
      'Go/no-go: Positive ROI at scale',
      'other gone',
      undefined,
    ]);
  });
});

describe('a link', () => {
  const form = question('', moment(PM));
  const reading = { zone: 'UTC', resolve: () => undefined };
  const errors = (link: string) => {
    const result = read(form.schema, { initiative: 'initiative/1', says: 'x', link }, reading);
    return 'errors' in result ? result.errors : undefined;
  };

  it.each([
    '',
    'https://wiki.example.com/scan',
    'HTTP://intranet/scan?x=1#y',
    'http://169.254.169.254/latest',
    'http://[::1]:8080/',
    'https://bücher.example/ä',
  ])('may be “%s”', (link) => {
    expect(errors(link)).toBeUndefined();
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'ftp://example.com/x',
    'file:///etc/passwd',
    'example.com',
    'https://',
    'https:/example.com',
    'https://exa mple.com',
    'see https://example.com',
    'http://[nothing',
  ])('is refused with an example when it is “%s”', (link) => {
    expect(errors(link)).toEqual({ link: 'A link, please, like https://wiki.example.com/scan, or nothing.' });
  });

  it('has 500 characters at most', () => {
    const long = (letters: number) => `https://e.com/${'x'.repeat(letters - 14)}`;
    expect(errors(long(500))).toBeUndefined();
    expect(errors(long(501))).toEqual({ link: 'At most 500 characters, please: this has 501.' });
    expect(linkField.safeParse(undefined).success).toBe(true);
  });
});

describe('evidence', () => {
  it('is a row of its initiative from the moment it is put in', () => {
    const kept = given({ criterion: 'go-no-go roi', link: 'https://e.com/1' });
    expect(kept.flow.records(kept.state, 'evidence/7')).toEqual([
      {
        table: 'evidence',
        row: {
          id: 'evidence/7',
          initiative: 'initiative/1',
          criterion: 'go-no-go roi',
          says: 'It works',
          link: 'https://e.com/1',
          person: member(1),
          at: START,
        },
      },
    ]);
    expect(kept.flow.settled!(kept.state)).toBe(true);
    expect(kept.timers).toEqual([]);
  });

  it('speaks to the initiative as a whole when nothing was chosen', () => {
    for (const criterion of [undefined, 'whole'])
      expect(given({ criterion }).flow.records(given({ criterion }).state, 'evidence/1')).toMatchObject([
        { row: { criterion: null, link: null } },
      ]);
  });

  it('is told to the owner, who put nothing in, by whom; to nobody when the owner did it', () => {
    const [note, ...more] = given().flow.surfaces(given().state, 'evidence/1');
    expect(more).toEqual([]);
    expect(note).toMatchObject({
      to: PM,
      brief: true,
      card: { buttons: [{ press: { to: 'evidence/1', input: 'withdraw' } }, { press: { to: 'mute' } }] },
    });
    const shown = cardInWords(note!.card);
    expect(shown).toContain(`${member(1)} has put this in:\nIt works`);
    expect(given({}, PM).keys).toEqual([]);
  });

  it('is not put in for an initiative that was retired meanwhile', () => {
    expect(put({ initiative: 'initiative/3' })).toMatchObject({ at: 'initiative' });
    expect(put({ initiative: 'initiative/99' })).toMatchObject({ at: 'initiative' });
  });

  it.each([
    ['the same link', 'https://e.com/a', 'initiative/1', true],
    ['its host in other letters', 'https://E.com/a', 'initiative/1', true],
    ['another link', 'https://e.com/b', 'initiative/1', false],
    ['the same link on another initiative', 'https://e.com/a', 'initiative/2', false],
    ['none', undefined, 'initiative/1', false],
  ])('with %s as what is there', (_, link, on, isRefused) => {
    const there = [row(1), row(2, { link: 'https://e.com/a', person: SPONSOR })];
    const step = put({ link, initiative: on }, member(1), there);
    expect('refused' in step).toBe(isRefused);
    if (isRefused) expect(refusal(step)).toContain(`${SPONSOR} put it in as evidence on Churn model Sat, 27 Feb 2027`);
  });

  it('is withdrawn with a reason by who put it in, and its row and note are gone', () => {
    const kept = given();
    kept.when({ type: 'withdraw', reason: 'Of another system' }, moment(member(1)));
    expect(kept.flow.records(kept.state, 'evidence/1')).toEqual([]);
    expect(kept.keys).toEqual([]);
    expect(refusal(kept.attempt({ type: 'withdraw', reason: 'again' }, moment(member(1))))).toContain(`${member(1)} withdrew it already`);
  });

  it('is withdrawn by the owner of today, and by nobody else', () => {
    const { state } = given();
    const by = (who: typeof PM) =>
      evidence.step(state, { type: 'withdraw', reason: 'x' }, moment(who), { initiatives: [{ ...CHURN, owner: member(5) }], evidence: [] });
    expect(by(member(5))).toHaveProperty('state');
    for (const who of [PM, SPONSOR, member(2)])
      expect(refusal(by(who))).toBe(`Only ${member(1)}, who put it in, and the owner ${member(5)} may withdraw it.`);
  });
});

describe('the list', () => {
  const shown = (about: string, facts: object, at: Moment = moment(member(1))) => evidenceList.show(about, at, facts as never);
  const facts = (all: Derived['evidence'][]) => ({ initiatives: [CHURN], evidence: all });
  const card = (facts: object, reader = member(1)) => {
    const found = shown('list initiative/1', facts, moment(reader));
    if (!('parts' in found)) throw new Error('no card');
    return found;
  };

  it.each([
    ['', {}],
    ['churn', { about: 'churn' }],
    ['listing model', { about: 'listing model' }],
  ])('is not what “%s” asks for: that opens the form', (about, more) => {
    expect(shown(about, { initiatives })).toEqual({ go: { to: 'evidence', input: 'open', ...more } });
  });

  it.each([
    ['churn list', moment(PM), 'list initiative/1'],
    ['list pric', moment(PM), 'list initiative/2'],
    ['Pricing model LIST', moment(PM), 'list initiative/2'],
    ['list', inChannel(2), 'list initiative/2'],
    ['old list', moment(PM), 'list initiative/3'],
  ])('“%s” names its initiative', (about, at, expected) => {
    expect(shown(about, { initiatives }, at)).toEqual({ go: { to: 'evidence-list', input: 'show', about: expected } });
  });

  it('asks which one, where none is meant', () => {
    expect(refusal(shown('list', { initiatives }) as never)).toBe(
      'Which initiative? There are: Churn model, Pricing model. For example: /offshoot evidence Churn model list',
    );
    expect(refusal(shown('zebra list', { initiatives }) as never)).toContain('No initiative fits “zebra”');
    expect(refusal(shown('list initiative/9', { initiatives: [], evidence: [] }) as never)).toContain('There is no initiative 9');
  });

  it('reads the newest of one initiative', () => {
    expect(evidenceList.needs('list initiative/1', moment(PM))).toContainEqual({
      as: 'evidence',
      rows: 'evidence',
      where: { initiative: 'initiative/1' },
      order: ['at', 'desc'],
      limit: 21,
    });
    expect(evidenceList.needs('churn', moment(PM)).map(({ rows }) => rows)).toEqual(['initiatives']);
  });

  it('has a button for what the reader may withdraw', () => {
    const all = [row(1), row(2, { person: SPONSOR, criterion: 'go-no-go roi', link: 'https://e.com/a' })];
    const buttons = (reader: typeof PM) =>
      card(facts(all), reader).parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ press }) => press.to) : []));
    expect(buttons(member(1))).toEqual(['evidence/1']);
    expect(buttons(SPONSOR)).toEqual(['evidence/2']);
    expect(buttons(PM)).toEqual(['evidence/1', 'evidence/2']);
    expect(buttons(member(2))).toEqual([]);
    expect(cardInWords(card(facts(all)))).toContain(
      `${SPONSOR}, Sat, 27 Feb 2027: Finding 2 (Go/no-go: Positive ROI at scale) (https://e.com/a)`,
    );
  });

  it('shows no more than there is room for, and says so', () => {
    const words = (all: Derived['evidence'][]) => cardInWords(card(facts(all)));
    const many = (count: number, more: object = {}) => Array.from({ length: count }, (_, index) => row(index + 1, more));
    const told = 'These are the newest. Older ones are in the export.';
    expect(words(many(20))).not.toContain(told);
    expect(words(many(21))).toContain(told);
    expect(words(many(21))).not.toContain('Finding 21');
    const long = words(many(20, { says: 'word '.repeat(199), link: `https://e.com/${'x'.repeat(400)}` }));
    expect(long).toContain(told);
    expect(long.length).toBeLessThan(6_000);
    expect(words([])).toContain('There is none yet.');
  });
});

describe('an excerpt', () => {
  it.each([
    ['all of it', 'one two', 7, 'one two'],
    ['whole words', 'one two three', 9, 'one two…'],
    ['a word that just fits', 'one two three', 8, 'one two…'],
    ['a part of a single word', 'x'.repeat(20), 5, 'xxxx…'],
    ['no half of a character', 'xxx😀😀😀', 5, 'xxx…'],
  ])('is %s', (_, said, most, expected) => {
    expect(excerpt(said, most)).toBe(expected);
    expect(excerpt(said, most).length).toBeLessThanOrEqual(most);
  });
});

it('is opened by people, an introduction only by what a messenger saw', () => {
  const opener = (name: string) => flows.find((one) => one.name === name)!.open.from;
  expect([opener('evidence'), opener('introduction')]).toEqual(['person', 'messenger']);
});

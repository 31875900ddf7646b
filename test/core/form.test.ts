import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as field from '../../src/field.ts';
import { filled, formOf, type Raw, read } from '../../src/form.ts';

const schema = z.object({
  name: field.name('Name'),
  why: field.lines('Why').optional(),
  amount: field.number('Amount').optional(),
  who: field.person('Who').optional(),
  team: field.people('Team').optional(),
  where: field.channel('Where').optional(),
  day: field.date('Day').optional(),
  at: field.moment('At').optional(),
  kind: field.choice('Kind', { a: 'One', b: 'Two' }).optional(),
  sure: field.check('Sure'),
});

const reading = {
  zone: 'Europe/Berlin',
  resolve: (_: string, raw: string) => (raw === 'U1' ? 'person/1' : raw === 'C1' ? 'channel/1' : undefined),
};
const reads = (raw: Raw) => read('owner' in raw ? schema.extend({ owner: field.person('Owner') }) : schema, { name: 'x', ...raw }, reading);

describe('reading a form', () => {
  it.each<[string, Raw, object]>([
    ['texts are trimmed, white space in a name is one space', { name: '  Churn \n model ' }, { name: 'Churn model' }],
    ['lines keep their breaks', { why: ' a\r\nb ' }, { why: 'a\nb' }],
    ['an empty field is absent', { why: '   ' }, { name: 'x', sure: false }],
    ['a number with a comma', { amount: '81,5' }, { amount: 81.5 }],
    ['a number with three decimals below one', { amount: '0.125' }, { amount: 0.125 }],
    ['control characters are left out', { why: 'a\u0000b' }, { why: 'ab' }],
    ['zero is a number', { amount: '0' }, { amount: 0 }],
    ['a wall-clock time in the person’s zone', { at: '2027-03-15 17:00' }, { at: Date.UTC(2027, 2, 15, 16) }],
    ['a time in the gap of a clock change comes after it', { at: '2027-03-28T02:30' }, { at: Date.UTC(2027, 2, 28, 1, 30) }],
    ['epoch seconds of a picker', { at: '1799999940' }, { at: 1_799_999_940_000 }],
    ['a picked person', { who: 'U1' }, { who: 'person/1' }],
    ['picked people, as a list or with commas', { team: ['U1'] }, { team: ['person/1'] }],
    ['a picked channel', { where: 'C1' }, { where: 'channel/1' }],
    ['a check', { sure: 'true' }, { sure: true }],
    ['a leap day', { day: '2028-02-29' }, { day: '2028-02-29' }],
    ['what looks like markup stays as it was typed', { why: '<b>*x*</b> @here {{DATE()}}' }, { why: '<b>*x*</b> @here {{DATE()}}' }],
    ['characters beyond the basic plane count once', { name: '😀'.repeat(40) }, { name: '😀'.repeat(40) }],
  ])('%s', (_, raw, values) => {
    expect(reads(raw)).toMatchObject({ values });
  });

  it.each<[string, Raw, string, string]>([
    ['a needed text', { name: '   ' }, 'name', '“Name” is needed.'],
    ['a needed person', { owner: '' }, 'owner', '“Owner” is needed.'],
    ['a name too long', { name: 'x'.repeat(81) }, 'name', 'At most 80 characters, please: this has 81.'],
    ['a text too long', { why: 'x'.repeat(1203) }, 'why', 'At most 1,000 characters, please: this has 1,203.'],
    ['a number in words', { amount: 'eighty' }, 'amount', 'A number, please, like 80 or 12.5.'],
    ['a number that may be thousands', { amount: '1,000' }, 'amount', 'A number, please, like 80 or 12.5.'],
    ['a number in another base', { amount: '0x10' }, 'amount', 'A number, please, like 80 or 12.5.'],
    ['a name that shows nothing', { name: '\u200b\u0000' }, 'name', '“Name” is needed.'],
    ['a minute that does not exist', { at: '2027-02-03 12:75' }, 'at', 'A date and a time, please, like 2027-03-15 17:00.'],
    ['infinity', { amount: '1e999' }, 'amount', 'A number, please, like 80 or 12.5.'],
    ['a day that does not exist', { day: '2027-02-30' }, 'day', 'A date, please, like 2027-03-15.'],
    ['a moment in words', { at: 'tomorrow' }, 'at', 'A date and a time, please, like 2027-03-15 17:00.'],
    ['a moment on 30 February', { at: '2027-02-30 10:00' }, 'at', 'A date and a time, please, like 2027-03-15 17:00.'],
    ['an hour that does not exist', { at: '2027-02-03 25:00' }, 'at', 'A date and a time, please, like 2027-03-15 17:00.'],
    ['another choice', { kind: 'c' }, 'kind', 'One of these, please: One, Two.'],
    ['somebody unknown', { who: 'U9' }, 'who', 'A person of this workspace, please.'],
    ['somebody unknown among others', { team: ['U1', 'U9'] }, 'team', 'A person of this workspace, please.'],
    ['a channel of elsewhere', { where: 'C9' }, 'where', 'A channel that Offshoot is in, please.'],
  ])('refuses %s with a sentence at its field', (_, raw, key, sentence) => {
    expect(reads(raw)).toEqual({ errors: { [key]: sentence } });
  });
});

describe('a form', () => {
  const press = { to: 'x', input: 'open' };
  it('reads back what it was filled with', () => {
    const values = {
      name: 'Churn',
      amount: 1.5,
      at: Date.UTC(2027, 2, 15, 16),
      day: '2027-03-15',
      kind: 'b',
      sure: true,
      team: ['person/1'],
    };
    const form = formOf({ title: 'T', schema, values }, press);
    const raw = Object.fromEntries(form.fields.map((one) => [one.key, one.value]));
    expect(read(schema, raw, { ...reading, resolve: (_, said) => said })).toEqual({ values });
  });

  it('has another shape when another thing is asked, not when other values stand in it', () => {
    const shape = formOf({ title: 'T', schema }, press).shape;
    expect(formOf({ title: 'Other', schema, values: { name: 'x' } }, press).shape).toBe(shape);
    expect(formOf({ title: 'T', schema: schema.extend({ more: field.name('More') }) }, press).shape).not.toBe(shape);
    expect(formOf({ title: 'T', schema: schema.extend({ name: field.name('Title') }) }, press).shape).not.toBe(shape);
  });

  it('keeps what was typed where the field is still asked', () => {
    const form = filled(formOf({ title: 'T', schema, values: { name: 'x' } }, press), { name: 'typed', gone: 'y' });
    expect(form.fields.find((one) => one.key === 'name')?.value).toBe('typed');
  });
});

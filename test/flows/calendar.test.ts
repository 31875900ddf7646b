import { describe, expect, it, vi } from 'vitest';
import { addWorked, COUNTRIES, countryMeant, isWorked } from '../../flows/rules/calendar.ts';

describe('a date is worked', () => {
  it.each<[string, string | undefined, boolean]>([
    ['2027-01-01', undefined, true],
    ['2027-01-02', undefined, false],
    ['2027-01-03', undefined, false],
    ['2027-01-01', 'DE', false],
    ['2027-03-26', 'DE', false],
    ['2027-05-06', 'DE', false],
    // Observances, holidays of single Länder, and 24 December are worked.
    ['2027-02-08', 'DE', true],
    ['2027-01-06', 'DE', true],
    ['2027-12-24', 'DE', true],
    // A substitute for a Saturday, and for a Sunday.
    ['2027-12-27', 'GB', false],
    ['2027-12-28', 'GB', false],
    ['2027-03-22', 'JP', false],
    // Half a day is worked.
    ['2027-12-31', 'GT', true],
    ['2027-02-08', 'HT', true],
    // A holiday of several days, one that runs into January, and the days around them.
    ['2027-02-04', 'VN', true],
    ['2027-02-05', 'VN', false],
    ['2027-02-09', 'VN', false],
    ['2027-02-10', 'VN', true],
    ['2027-12-31', 'SZ', false],
    // A Thursday, Friday and Sunday where Friday and Saturday are the weekend.
    ['2027-02-04', 'IL', true],
    ['2027-02-05', 'IL', false],
    ['2027-02-07', 'IL', true],
    ['2027-02-05', 'AE', true],
    ['2027-02-07', 'AE', false],
  ])('%s in %s: %s', (date, country, worked) => {
    expect(isWorked(date, country === undefined ? {} : { country })).toBe(worked);
  });

  it('takes the whole day of a holiday that has only 23 hours', () => {
    // A Monday in the New Year of Iran, and the day of the change to summer time.
    expect(isWorked('2021-03-22', { country: 'IR' })).toBe(false);
  });

  it('knows a holiday that began in the year before', () => {
    expect(isWorked('2029-01-02', { country: 'SZ' })).toBe(false);
    expect(isWorked('2029-01-03', { country: 'SZ' })).toBe(true);
  });
});

describe('so many working days later', () => {
  it.each([
    ['2027-01-04', 0, undefined, '2027-01-04'],
    ['2027-01-02', 0, undefined, '2027-01-04'],
    ['2027-01-04', 2, undefined, '2027-01-06'],
    ['2027-01-07', 2, undefined, '2027-01-11'],
    ['2027-01-08', 5, undefined, '2027-01-15'],
    ['2027-01-09', 1, undefined, '2027-01-12'],
    ['2027-03-25', 1, 'DE', '2027-03-30'],
    ['2027-03-25', 2, 'DE', '2027-03-31'],
    ['2027-12-23', 2, 'GB', '2027-12-29'],
    ['2028-02-28', 2, undefined, '2028-03-01'],
  ])('%s and %i in %s is %s', (date, days, country, later) => {
    expect(addWorked(date, days, country === undefined ? {} : { country })).toBe(later);
  });
});

describe('a country', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    ['Germany', 'DE'],
    [' GERMANY ', 'DE'],
    ['aland islands', 'AX'],
    ['Åland Islands', 'AX'],
  ])('“%s” is %s', (said, code) => {
    expect(countryMeant(said)).toBe(code);
  });

  it.each(['ZZ', '', 'Atlantis', 'constructor', '__proto__'])('without data is refused: “%s”', (said) => {
    const refusal = countryMeant(said);
    expect(typeof refusal === 'object' && refusal.refused[0]).toEqual({ kind: 'words', text: 'There is no holiday data for “' });
    expect(typeof refusal === 'object' && refusal.refused[1]).toEqual({ kind: 'typed', text: said });
  });

  it('stands in a list by name, that fits a field', () => {
    const names = Object.values(COUNTRIES);
    expect(names.length).toBeGreaterThan(200);
    expect(names.slice(0, 3)).toEqual(['Åland Islands', 'Albania', 'Algeria']);
    expect(names.filter((name) => name.length > 75)).toEqual([]);
    expect(Object.keys(COUNTRIES).filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
  });

  it('works some day of every fortnight, whichever it is', () => {
    for (const country of Object.keys(COUNTRIES)) {
      const later = addWorked('2027-01-01', 100, { country });
      expect([country, later >= '2027-05-20' && later <= '2027-07-15']).toEqual([country, true]);
    }
  });
});

describe('the zone of the process', () => {
  it('changes nothing', async () => {
    const sample = { DE: '', VN: '', EG: '', US: '', SZ: '', NO: '' };
    const holidays = async (zone: string) => {
      vi.stubEnv('TZ', zone);
      vi.resetModules();
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      const fresh = await import('../../flows/rules/calendar.ts');
      const dates = Array.from({ length: 730 }, (_, day) => new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10));
      return Object.keys(sample).map((country) =>
        dates.filter((date) => fresh.isWorked(date, {}) && !fresh.isWorked(date, { country })).join(),
      );
    };
    const here = await holidays('Europe/London');
    const east = await holidays('Pacific/Kiritimati');
    const west = await holidays('Pacific/Midway');
    vi.unstubAllEnvs();
    expect(here.every((dates) => dates.length > 100)).toBe(true);
    expect(east).toEqual(here);
    expect(west).toEqual(here);
  });
});

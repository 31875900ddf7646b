import { describe, expect, it } from 'vitest';
import { absenceIn } from '../../adapters/slack/status.ts';

const END = 1_806_000_000;

describe('a status in Slack', () => {
  it.each([
    ['Vacationing', ':palm_tree:', END, END * 1000],
    ['', ':palm_tree:', 0, null],
    ['Out sick', ':face_with_thermometer:', END, END * 1000],
    ['Back on Monday, out of office', ':calendar:', END, END * 1000],
    ['OOO until May', '', 0, null],
    ['On parental leave', '', 0, null],
    ['on holiday', ':sunny:', END, END * 1000],
  ])('is out of office: %s %s', (status_text, status_emoji, status_expiration, until) => {
    expect(absenceIn({ status_text, status_emoji, status_expiration })).toEqual({ until });
  });

  it.each([
    ['', ''],
    ['In a meeting', ':spiral_calendar_pad:'],
    ['Commuting', ':bus:'],
    ['Working remotely', ':house_with_garden:'],
    ['In the office', ''],
    ['Planning the holiday campaign', ''],
    ['I leave at five', ''],
    ['Reading about MOOCs', ''],
  ])('is none: %s %s', (status_text, status_emoji) => {
    expect(absenceIn({ status_text, status_emoji, status_expiration: 0 })).toBe('here');
  });

  it('is not known where the payload says nothing of it', () => {
    expect(absenceIn({})).toBeUndefined();
  });
});

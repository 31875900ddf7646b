import { describe, expect, it } from 'vitest';
import { vote } from '../../flows/vote/vote.ts';
import type { Vote } from '../../flows/vote/state.ts';
import type { MemberSeat } from '../../src/need.ts';
import { plain } from '../../src/text.ts';
import { CHAIR, member, moment, PM, start, taken } from './given.ts';
import { openingFacts, voteBrief } from './votes.ts';

const [SLACK, TEAMS, BROWSER] = [1, 2, 3];
const on = (person: MemberSeat['person'], seat: number, more: Partial<MemberSeat> = {}): MemberSeat => ({
  body: 'body/1',
  person,
  platform: seat === SLACK ? 'slack' : seat === TEAMS ? 'teams' : 'local',
  seat,
  meets: 0,
  ...more,
});

/** What the opener of a vote in a channel of Slack is told beside that it is open. */
function told(seats: readonly MemberSeat[], channelSeats = [{ channel: 'channel/1' as const, seat: SLACK }]): string {
  const electors = [CHAIR, ...[1, 2, 3, 4, 5, 6, 7].map(member)];
  const facts = { ...openingFacts(electors), seats, channelSeats };
  const { say } = taken(start<Vote>(vote, { ...voteBrief, without: 'It is small' }, moment(PM), facts));
  return plain(say!, { person: (id) => id, channel: (id) => id }, 'UTC').replace(/^The vote on Churn model is open until [^.]*\./, '');
}

describe('whoever opens a vote is told who is shown nothing of it', () => {
  it.each([
    ['nobody where all are on its messenger', [on(CHAIR, SLACK), on(member(1), SLACK)]],
    ['nobody where the committee has a channel on the other one', [on(CHAIR, SLACK), on(member(1), TEAMS, { meets: 1 })]],
    ['nobody who is on both', [on(CHAIR, SLACK), on(member(1), TEAMS), on(member(1), SLACK)]],
    ['nobody of another committee', [on(member(1), TEAMS, { body: 'body/2' })]],
    ['nobody who is no elector', [on(PM, TEAMS)]],
  ])('%s', (_, seats) => {
    expect(told(seats)).toBe('');
  });

  it('nobody where it is not known where the channel is', () => {
    expect(told([on(member(1), TEAMS)], [])).toBe('');
  });

  it('with what to type, messenger by messenger; of many the first', () => {
    const many = [1, 2, 3, 4, 5, 6].map((one) => on(member(one), TEAMS));
    const [teams, browser, ...rest] = told([...many, on(member(7), BROWSER)]).split('committee here.');
    expect(teams).toBe(
      ` On Microsoft Teams nothing of it is shown to ${[1, 2, 3, 4, 5].map(member).join(', ')} and 1 more, since Steering committee has no channel there: they find it under /offshoot, and are reminded in private. To show them the next vote, a member types there, in a channel: /offshoot committee Steering `,
    );
    expect(browser).toContain(` In the browser nothing of it is shown to ${member(7)}, since`);
    expect(rest).toEqual([]);
  });
});

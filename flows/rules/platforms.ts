import type { MemberSeat } from '../../src/need.ts';

export type Platform = MemberSeat['platform'];

/** What people call the messengers. */
export const PLATFORMS: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Microsoft Teams', local: 'the browser' };

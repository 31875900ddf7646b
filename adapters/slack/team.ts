import type { webApi } from '@slack/bolt';
import type { InstallationRow } from '../../src/store.ts';

/** The Slack workspace that is served, once Slack has said whose the token is. */
export interface Team {
  installation: InstallationRow;
  client: webApi.WebClient;
  /** The bot's own user, and the name that people invite it by. */
  bot: { user: string; name: string };
}

/** Deliveries are retried by the courier alone, so the client never retries, and gives up soon: a house that closes waits for it. */
export const clientOptions = (apiUrl: string | undefined) => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  retryConfig: { retries: 0 },
  timeout: 5_000,
  rejectRateLimitedCalls: true,
});

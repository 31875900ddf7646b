import type { webApi } from '@slack/bolt';
import type { InstallationRow } from '../../src/store.ts';

/** The Slack workspace that is served, once Slack has said whose the token is. */
export interface Team {
  installation: InstallationRow;
  client: webApi.WebClient;
  /** The bot's own user, and the name that people invite it by. */
  bot: { user: string; name: string };
}

/** How long a call may take; a house that closes waits for it. */
const TIMEOUT = 5_000;

/** Deliveries are retried by the courier alone, so the client never retries. */
export const clientOptions = (apiUrl: string | undefined) => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  retryConfig: { retries: 0 },
  timeout: TIMEOUT,
  rejectRateLimitedCalls: true,
  // Bolt's answers to a response address have no timeout of their own.
  fetch: (url: string | URL, init?: Parameters<webApi.FetchFunction>[1]) =>
    fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(TIMEOUT) }),
});

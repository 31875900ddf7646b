import { tenantOf, type TeamsActivity } from './activity.ts';

/** Where Microsoft's own connectors answer: the public cloud and those of governments. */
const MICROSOFT = [
  /^smba\.trafficmanager\.net$/,
  /^smba\.infra\.(?:gcc\.teams\.microsoft\.com|(?:gov|dod)\.teams\.microsoft\.us)$/,
  /^(?:[a-z0-9-]+\.)+botframework\.(?:com|us)$/,
  /^(?:[a-z0-9-]+\.)+teams\.microsoft\.(?:com|us)$/,
];

interface Trusted {
  /** The only tenant that may speak, unless the bot is for many. */
  tenant: string | undefined;
  /** Further service hosts with their ports, for stand-ins. */
  hosts: readonly string[];
}

/**
 * Why an activity must not be acted on; undefined when it may. The token vouches for the caller, never for the body: without this
 * whoever can make a token for the bot could name another tenant, or have the bot's own token sent to a host of theirs.
 */
export function distrust(activity: TeamsActivity, { tenant, hosts }: Trusted): string | undefined {
  if (activity.channelId !== 'msteams') return `the channel is ${activity.channelId}, not Teams`;
  if (!isServiceHost(activity.serviceUrl, hosts)) return `the service address ${activity.serviceUrl} is not one of Microsoft's`;
  const said = tenantOf(activity);
  if (!said) return 'no tenant is named';
  if (tenant && said.toLowerCase() !== tenant.toLowerCase()) return `the tenant ${said} is not the one that Offshoot serves`;
  const { channelData, conversation } = activity;
  if (channelData?.tenant && conversation.tenantId && channelData.tenant.id !== conversation.tenantId) return 'two tenants are named';
  return undefined;
}

/** Whether a conversation known at one service address may now come from another: Microsoft moves them, but only among its own hosts. */
export function mayMove(stored: string, now: string): boolean {
  return new URL(stored).host === new URL(now).host || (isMicrosoft(new URL(stored)) && isMicrosoft(new URL(now)));
}

function isServiceHost(address: string, hosts: readonly string[]): boolean {
  const url = new URL(address);
  if (url.username || url.password) return false;
  return isMicrosoft(url) || hosts.includes(`${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`);
}

const isMicrosoft = (url: URL): boolean =>
  url.protocol === 'https:' && url.port === '' && MICROSOFT.some((pattern) => pattern.test(url.hostname));

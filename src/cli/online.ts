import type { Config } from '../config.ts';
import { fault, type Finding, good } from './finding.ts';

const PATIENCE = 10_000;

/** Asks the platforms themselves whether they take the tokens. Nothing is posted. */
export async function onlineFindings({ slack, teams }: Config): Promise<Finding[]> {
  return [...(slack ? [await slackFinding(slack)] : []), ...(teams ? [await teamsFinding(teams)] : [])];
}

async function slackFinding({ botToken, apiUrl }: NonNullable<Config['slack']>): Promise<Finding> {
  const address = new URL('auth.test', `${(apiUrl ?? 'https://slack.com/api').replace(/\/$/, '')}/`);
  const next = 'Copy the Bot User OAuth Token into SLACK_BOT_TOKEN: api.slack.com/apps, your app, OAuth & Permissions.';
  const answer = await asked(address, { authorization: `Bearer ${botToken}` });
  if ('unreached' in answer) return unreached('slack online', address, answer.unreached);
  const { ok, team, user, error } = answer as { ok?: boolean; team?: string; user?: string; error?: string };
  if (ok) return good('slack online', `Slack knows the bot as ${user} in ${team}.`);
  return fault('slack online', `Slack refuses the bot token: ${error ?? 'without a reason'}.`, next);
}

async function teamsFinding({ botbuilder, appId, tenant }: NonNullable<Config['teams']>): Promise<Finding> {
  if (!appId) return good('teams online', 'Without an app id there is nothing to ask Microsoft.');
  if (botbuilder['MicrosoftAppType'] === 'UserAssignedMSI')
    return good('teams online', 'A managed identity has no secret to try; the platform that Offshoot runs on gives its tokens.');
  const authority = botbuilder['ToChannelFromBotLoginUrl'] ?? `https://login.microsoftonline.com/${tenant ?? 'botframework.com'}`;
  const address = new URL(`${authority.replace(/\/$/, '')}/oauth2/v2.0/token`);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: botbuilder['MicrosoftAppPassword'] ?? '',
    scope: `${botbuilder['ToChannelFromBotOAuthScope'] ?? 'https://api.botframework.com'}/.default`,
  });
  const answer = await asked(address, {}, form);
  if ('unreached' in answer) return unreached('teams online', address, answer.unreached);
  const { access_token: token, error } = answer as { access_token?: string; error?: string };
  if (token) return good('teams online', 'Microsoft gives the bot a token.');
  const next = 'Check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId: portal.azure.com, App registrations, your app.';
  return fault('teams online', `Microsoft gives the bot no token: ${error ?? 'without a reason'}.`, next);
}

async function asked(address: URL, headers: Record<string, string>, body?: URLSearchParams): Promise<object | { unreached: string }> {
  try {
    const response = await fetch(address, { method: 'POST', headers, body: body ?? null, signal: AbortSignal.timeout(PATIENCE) });
    return (await response.json()) as object;
  } catch (thrown) {
    const { message, cause } = thrown as Error & { cause?: { code?: string } };
    return { unreached: cause?.code ?? message };
  }
}

const unreached = (check: string, address: URL, why: string): Finding =>
  fault(check, `${address.host} does not answer: ${why}.`, 'Check that this machine may reach it: a proxy, a firewall, its name.');

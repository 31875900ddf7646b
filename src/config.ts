import { z } from 'zod';

/** The environment as Offshoot reads it, once, at start. */
export interface Config {
  port: number;
  host: string;
  /** Path of the SQLite file. */
  database: string;
  publicUrl: string | undefined;
  local: boolean;
  clock: 'system' | 'manual';
  logLevel: string;
  /** Hosts in internal networks that webhooks may call, with port where it is not the usual one. */
  webhookHosts: readonly string[];
  slack:
    | {
        mode: 'socket' | 'http';
        botToken: string;
        appToken: string | undefined;
        signingSecret: string | undefined;
        apiUrl: string | undefined;
      }
    | undefined;
  teams:
    | { botbuilder: Readonly<Record<string, string>>; appId: string | undefined; tenant: string | undefined; hosts: readonly string[] }
    | undefined;
}

/** A mistake in the environment: which variable, what was found, and where the right value is to be had. */
export class ConfigFault extends Error {}

const text = z.string().trim().min(1).optional();

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/)
    .default('file:./data/offshoot.db'),
  OFFSHOOT_PUBLIC_URL: z.url().optional(),
  OFFSHOOT_LOCAL: z.enum(['0', '1']).optional(),
  OFFSHOOT_CLOCK: z.enum(['system', 'manual']).default('system'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  SLACK_MODE: z.enum(['socket', 'http']).optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-/)
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/)
    .optional(),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: z.url().optional(),
  MicrosoftAppId: text,
  MicrosoftAppPassword: text,
  MicrosoftAppType: z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).default('SingleTenant'),
  MicrosoftAppTenantId: text,
  TEAMS_SERVICE_HOSTS: text,
  OFFSHOOT_WEBHOOK_HOSTS: text,
});

const WHERE: Readonly<Record<string, string>> = {
  PORT: 'a port number like 3000',
  HOST: 'an address of this machine like 127.0.0.1',
  DATABASE_URL: 'file: and a path, like file:./data/offshoot.db',
  OFFSHOOT_PUBLIC_URL: 'the https address at which people and platforms reach Offshoot, like https://offshoot.example.com',
  OFFSHOOT_LOCAL: '1 to serve the local workspace, 0 not to',
  OFFSHOOT_CLOCK: 'system or manual',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent',
  SLACK_MODE: 'socket or http',
  SLACK_BOT_TOKEN: 'the Bot User OAuth Token, which begins with xoxb-: api.slack.com/apps, your app, OAuth & Permissions',
  SLACK_APP_TOKEN:
    'the app-level token, which begins with xapp-: api.slack.com/apps, your app, Basic Information, App-Level Tokens, scope connections:write',
  SLACK_SIGNING_SECRET: 'the Signing Secret: api.slack.com/apps, your app, Basic Information, App Credentials',
  SLACK_API_URL: 'an address like https://slack.com/api/',
  MicrosoftAppId: 'the Application (client) ID of the bot: portal.azure.com, your bot, Configuration',
  MicrosoftAppPassword: 'the client secret of the bot: portal.azure.com, App registrations, Certificates & secrets',
  MicrosoftAppType: 'SingleTenant, MultiTenant or UserAssignedMSI: portal.azure.com, your bot, Configuration',
  MicrosoftAppTenantId: 'the Directory (tenant) ID: portal.azure.com, App registrations, your app',
  TEAMS_SERVICE_HOSTS: 'host names with port, separated by commas, like localhost:9000',
  OFFSHOOT_WEBHOOK_HOSTS: 'host names, with port where it is not the usual one, separated by commas, like ci.internal:8443',
};

const SECRET = /TOKEN|SECRET|Password/;

/** Names of botbuilder's own settings, for other clouds than the public one; they go together or not at all. */
const CLOUD = [
  'ChannelService',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'ValidateAuthority',
  'CallerId',
  'CertificateThumbprint',
  'CertificatePrivateKey',
];

/** Reads the environment or throws a `ConfigFault` that names each variable that is wrong and what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) throw new ConfigFault(result.error.issues.map(({ path }) => wrong(String(path[0]), given)).join('\n'));
  const found = result.data;
  const slack = slackOf(found);
  const teams = teamsOf(found, given);
  const local = found.OFFSHOOT_LOCAL === undefined ? !slack && !teams : found.OFFSHOOT_LOCAL === '1';
  const config: Config = {
    port: found.PORT,
    host: found.HOST,
    database: found.DATABASE_URL.replace(/^file:/, ''),
    publicUrl: found.OFFSHOOT_PUBLIC_URL,
    local,
    clock: found.OFFSHOOT_CLOCK,
    logLevel: found.LOG_LEVEL,
    webhookHosts: hostsIn(found.OFFSHOOT_WEBHOOK_HOSTS),
    slack,
    teams,
  };
  checkExposure(config);
  return config;
}

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function slackOf(found: z.infer<typeof environment>): Config['slack'] {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
    SLACK_MODE,
  } = found;
  if (!botToken && !appToken && !signingSecret) return undefined;
  const mode = SLACK_MODE ?? (appToken ? 'socket' : 'http');
  if (!botToken) throw new ConfigFault(needed('SLACK_BOT_TOKEN', 'Slack is configured'));
  if (mode === 'socket' && !appToken) throw new ConfigFault(needed('SLACK_APP_TOKEN', 'Slack runs in socket mode'));
  if (mode === 'http' && !signingSecret) throw new ConfigFault(needed('SLACK_SIGNING_SECRET', 'Slack runs in http mode'));
  return { mode, botToken, appToken, signingSecret, apiUrl };
}

function teamsOf(found: z.infer<typeof environment>, given: Readonly<Record<string, string | undefined>>): Config['teams'] {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppType: type, MicrosoftAppTenantId: tenant } = found;
  const asked = ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId', 'TEAMS_SERVICE_HOSTS'].some(
    (name) => given[name],
  );
  if (!asked) return undefined;
  if (appId && !password && type !== 'UserAssignedMSI') throw new ConfigFault(needed('MicrosoftAppPassword', 'Teams is configured'));
  if (!appId && password) throw new ConfigFault(needed('MicrosoftAppId', 'Teams is configured'));
  if (appId && type !== 'MultiTenant' && !tenant) throw new ConfigFault(needed('MicrosoftAppTenantId', `the bot's type is ${type}`));
  const cloud = Object.fromEntries(CLOUD.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
  const own = {
    MicrosoftAppType: type,
    ...(appId ? { MicrosoftAppId: appId } : {}),
    ...(password ? { MicrosoftAppPassword: password } : {}),
    ...(tenant ? { MicrosoftAppTenantId: tenant } : {}),
  };
  const hosts = hostsIn(found.TEAMS_SERVICE_HOSTS);
  return { botbuilder: { ...own, ...cloud }, appId, tenant, hosts };
}

const hostsIn = (said = ''): string[] =>
  said
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean);

/** What must never be open to a network: a workspace without a login, and a bot without authentication. */
function checkExposure({ host, local, slack, teams, publicUrl, clock }: Config): void {
  if (teams && !teams.appId && !isLoopback(host))
    throw new ConfigFault(
      `HOST is ${host}, but MicrosoftAppId is empty, which turns the authentication of Teams off. ${needed('MicrosoftAppId', 'Offshoot listens on other addresses than loopback')}`,
    );
  if (local && !isLoopback(host))
    throw new ConfigFault(
      `HOST is ${host}, but the local workspace has no login and is served on loopback only. Set HOST=127.0.0.1, or OFFSHOOT_LOCAL=0 and connect Slack or Teams.`,
    );
  if (!isLoopback(host) && !slack && !teams)
    throw new ConfigFault(`HOST is ${host}, but no messenger is configured. Set HOST=127.0.0.1, or connect Slack or Teams first.`);
  if (!isLoopback(host) && !publicUrl) throw new ConfigFault(needed('OFFSHOOT_PUBLIC_URL', `HOST is ${host}`));
  if (clock === 'manual' && !local)
    throw new ConfigFault(
      'OFFSHOOT_CLOCK is manual, which only the local workspace allows. Set OFFSHOOT_CLOCK=system, or OFFSHOOT_LOCAL=1.',
    );
}

function wrong(name: string, given: Readonly<Record<string, string | undefined>>): string {
  const found = SECRET.test(name) ? 'something else (not shown, it may be a secret)' : `“${given[name] ?? ''}”`;
  return `${name} is ${found}; it should be ${WHERE[name] ?? 'another value'}.`;
}

const needed = (name: string, because: string): string => `${name} is missing, and it is needed because ${because}: ${WHERE[name]}.`;

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { PUT_EVIDENCE } from '../adapters/teams/message.ts';
import { verbs } from '../flows/index.ts';
import { version } from '../src/version.ts';

/** What the package has to know of an installation; without it the package is complete, but belongs to nobody. */
export interface TeamsApp {
  /** The Application (client) ID of the bot. */
  appId?: string | undefined;
  /** Where people reach Offshoot. */
  publicUrl?: string | undefined;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const NOWHERE = 'https://offshoot.example.com';

/** Teams shows ten of a bot's commands and no more: those that most people need; help names the others. */
const LISTED = ['initiative', 'pilot-review', 'readiness', 'go-no-go', 'decisions', 'cadence', 'committee', 'actions', 'mine', 'help'];

/** The manifest of the Teams app, derived from the commands so that it cannot drift from them. */
export function teamsManifest({ appId = NOBODY, publicUrl = NOWHERE }: TeamsApp): object {
  const site = new URL(publicUrl);
  const listed = verbs.filter(({ name }) => LISTED.includes(name));
  const commands = listed.map(({ name, does }) => ({ title: name, description: does.slice(0, 128) }));
  const scopes = ['personal', 'team', 'groupChat'];
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version,
    id: appId,
    developer: { name: 'Offshoot', websiteUrl: site.href, privacyUrl: site.href, termsOfUseUrl: site.href },
    name: { short: 'Offshoot', full: 'Offshoot: from AI pilots to decisions' },
    description: {
      short: 'Runs the decisions that decide whether an AI pilot lives',
      full: 'Offshoot registers AI initiatives, runs the go/no-go votes of a steering committee on them, records each decision with its rationale and conditions, and reminds the owners of what was scaled to keep it alive. Mention it in a channel, or write “help” to it.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1f5f3f',
    bots: [
      {
        botId: appId,
        scopes,
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes, commands }],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: PUT_EVIDENCE,
            type: 'action',
            title: 'Put in as evidence',
            description: 'What this message says speaks for an initiative, or against it',
            context: ['message'],
            fetchTask: true,
          },
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [site.hostname],
    defaultInstallScope: 'team',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}

/** The app package: what an administrator uploads to Teams. */
export function teamsPackage(app: TeamsApp): Uint8Array {
  const file = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, name)));
  return zipSync({
    'manifest.json': new TextEncoder().encode(JSON.stringify(teamsManifest(app), null, 2)),
    'color.png': file('color.png'),
    'outline.png': file('outline.png'),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { MicrosoftAppId: appId, OFFSHOOT_PUBLIC_URL: publicUrl } = process.env;
  const path = join(import.meta.dirname, 'offshoot-teams.zip');
  writeFileSync(path, teamsPackage({ appId: appId || undefined, publicUrl: publicUrl || undefined }));
  process.stdout.write(`${path}\n`);
  if (!appId)
    process.stderr.write(
      `MicrosoftAppId is not set: the package names the bot ${NOBODY}, which Teams refuses. Set it to the Application (client) ID of your bot and run this again.\n`,
    );
  if (!publicUrl)
    process.stderr.write(
      `OFFSHOOT_PUBLIC_URL is not set: the package points at ${NOWHERE}. Set it to the https address of your Offshoot and run this again.\n`,
    );
}

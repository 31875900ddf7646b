import type { Config } from '../config.ts';
import { beside } from './database.ts';
import { type Command, counted, outcome, WrongUse } from './command.ts';
import { databaseFindings } from './checkup.ts';
import { type Finding, good } from './finding.ts';
import { onlineFindings } from './online.ts';
import { settings } from './settings.ts';

export const doctor: Command = {
  name: 'doctor',
  does: 'Looks for what is wrong, and says what to do about it.',
  more: `Shows the configuration as it was understood, without secrets; checks the database, its schema and its journal; and names each
timer and delivery that was given up on. Works while Offshoot runs.`,
  options: {
    online: { type: 'boolean', does: 'Also asks Slack and Microsoft whether the tokens are good.' },
    release: { type: 'boolean', does: 'Has held timers and deliveries tried again.' },
    'release-uncertain': { type: 'boolean', does: 'Has messages sent again that may have been sent or not.' },
    delivered: { type: 'boolean', does: 'Takes those messages as delivered instead.' },
  },
  example: 'npx offshoot doctor --online',
  async run({ options }, terminal) {
    const config = settings(terminal);
    const { says, released } = await releasedBy(options, config);
    const findings = [
      ...configFindings(config),
      ...(await databaseFindings(config.database)),
      ...(options.online ? await onlineFindings(config) : []),
    ];
    const ok = findings.every((finding) => finding.ok);
    const lines = [
      ...says,
      ...findings.flatMap(({ ok: fine, says, next }) => [`${fine ? 'good ' : 'FAULT'}  ${says}`, ...(next ? [`       ${next}`] : [])]),
      ok ? 'Nothing is wrong.' : `${counted(findings.filter((finding) => !finding.ok).length, 'fault')} found.`,
    ];
    return outcome(ok, lines, { findings, ...(says.length > 0 ? { released } : {}) });
  },
};

const RELEASES = { release: 'failed', 'release-uncertain': 'uncertain', delivered: 'delivered' } as const;

/** How many things were released, one sentence for each way that was asked for. */
async function releasedBy(options: Readonly<Record<string, unknown>>, { database }: Config): Promise<{ says: string[]; released: number }> {
  const asked = (Object.keys(RELEASES) as (keyof typeof RELEASES)[]).filter((option) => options[option]);
  if (asked.includes('release-uncertain') && asked.includes('delivered'))
    throw new WrongUse('Either --release-uncertain or --delivered: a message is sent again, or it is there already.');
  if (asked.length === 0) return { says: [], released: 0 };
  return await beside(database, async (store) => {
    const says: string[] = [];
    let released = 0;
    for (const option of asked) {
      const n = await store.update((tables) => tables.releaseHeld(RELEASES[option]));
      released += n;
      says.push(
        option === 'delivered'
          ? `${counted(n, 'message')} taken as delivered.`
          : `${counted(n, 'held thing')} will be tried again; Offshoot does so within a minute when it runs.`,
      );
    }
    return { says, released };
  });
}

/** How the environment was understood. Of a secret only that it is set. */
function configFindings(config: Config): Finding[] {
  const { host, port, database, publicUrl, local, clock, slack, teams } = config;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 20);
  return [
    recent
      ? good('node', `Node.js ${process.versions.node}.`)
      : { check: 'node', ok: false, says: `Node.js ${process.versions.node} is too old.`, next: 'Install version 20.20 or newer.' },
    good('address', `Listens on http://${host}:${port}${publicUrl ? `, reached at ${publicUrl}` : ''}.`),
    good(
      'local',
      local ? `The local workspace is served${clock === 'manual' ? '; its clock is moved by hand' : ''}.` : 'No local workspace.',
    ),
    good('slack', slack ? `Slack in ${slack.mode} mode${slack.apiUrl ? `, by ${slack.apiUrl}` : ''}; the tokens are set.` : 'No Slack.'),
    good(
      'teams',
      teams
        ? `Microsoft Teams as ${teams.appId ? `app ${teams.appId}` : 'a bot without authentication, on loopback only'}${teams.tenant ? ` of tenant ${teams.tenant}` : ''}.`
        : 'No Microsoft Teams.',
    ),
    good('path', `The database is ${database}.`),
  ];
}

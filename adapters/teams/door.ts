import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express, { type Request, type Response, Router } from 'express';
import type { Door, Rooms } from '../../src/house.ts';
import type { InstallationRow } from '../../src/store.ts';
import { activitySchema, isOfExtension, tenantOf, type TeamsActivity } from './activity.ts';
import { connector } from './connector.ts';
import { isSettled } from './faults.ts';
import { teamsMessenger } from './messenger.ts';
import { newcomers } from './newcomers.ts';
import { places } from './places.ts';
import { roster } from './roster.ts';
import { distrust } from './trust.ts';
import { turns } from './turns.ts';
import { isFetched } from './wall.ts';

/** Microsoft Teams: activities come in at `POST /api/messages`, everything else goes out through the connector. */
export async function teamsDoor(rooms: Rooms): Promise<Door> {
  const { store, log, config } = rooms;
  const { botbuilder, appId, tenant, hosts } = config.teams!;
  // Without an app id botbuilder authenticates nobody; the configuration allows that on loopback only.
  const authentication = new ConfigurationBotFrameworkAuthentication(appId ? botbuilder : {});
  hush(log);
  const teams = connector(authentication, appId ?? '');
  const known = places(store);
  const members = roster(rooms, teams);
  const joined = newcomers(rooms, teams);
  const take = turns({ ...rooms, teams, roster: members, newcomers: joined });
  if (!isFetched(config, config.publicUrl ?? ''))
    log.warn('OFFSHOOT_PUBLIC_URL is no https address, so cards in Teams say in words what their pictures would show');
  const trusted = { tenant: botbuilder['MicrosoftAppType'] === 'MultiTenant' ? undefined : tenant, hosts };
  const served = new Map<string, InstallationRow>();

  async function installed(key: string): Promise<InstallationRow> {
    const installation = served.get(key) ?? (await rooms.install({ platform: 'teams', key, name: 'Microsoft Teams' }));
    served.set(key, installation);
    return installation;
  }

  for (const { key } of await store.look((tables) => tables.installations('teams'))) await installed(key);

  const router = Router();
  router.post('/api/messages', express.json({ limit: '256kb' }), async (request, response) => {
    if (!(await authentic(request))) return void response.status(401).end();
    const parsed = activitySchema.safeParse(request.body);
    if (!parsed.success)
      return refuse(
        response,
        400,
        `the body is not an activity of Teams: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
      );
    const activity = parsed.data;
    const wrong = distrust(activity, trusted);
    if (wrong) return refuse(response, 403, wrong);
    const installation = await installed(tenantOf(activity)!);
    // A message extension is used in conversations, too, that the bot is not in and cannot write to.
    if (!isOfExtension(activity) && !(await known.keep(installation, activity)))
      return refuse(response, 403, 'the conversation is known at another service address');
    await answer(activity, installation, response);
  });

  async function authentic(request: Request): Promise<boolean> {
    try {
      await authentication.authenticateRequest(request.body ?? {}, request.get('authorization') ?? '');
      return true;
    } catch (fault) {
      log.warn({ why: fault instanceof Error ? fault.message : String(fault) }, 'a request to Teams’ door was not authenticated');
      return false;
    }
  }

  function refuse(response: Response, status: number, why: string): void {
    log.warn({ why }, 'an activity was refused');
    response.status(status).end();
  }

  async function answer(activity: TeamsActivity, installation: InstallationRow, response: Response): Promise<void> {
    try {
      const body = await take(activity, installation);
      if (body) response.json(body);
      else response.status(activity.type === 'invoke' ? 501 : 200).end();
    } catch (fault) {
      const lost = isSettled(fault);
      log[lost ? 'warn' : 'error']({ fault }, 'an activity could not be answered');
      // What it changed is committed, and an answer that may have landed is not said twice; for anything else Teams delivers the
      // activity again, or keeps the dialog open with all that was typed.
      response.status(lost ? 200 : 500).end();
    }
  }

  return {
    messenger: teamsMessenger(rooms, teams, known),
    router,
    close: async () => void (await Promise.all([members.settled(), joined.settled()])),
  };
}

/** Microsoft's library prints each bad token's story on the console; the log tells it in one line. Nothing else here prints. */
function hush(log: Rooms['log']): void {
  globalThis.console.error = (...said: unknown[]) => log.debug({ said: said.map(String) }, 'Microsoft’s library said something');
}

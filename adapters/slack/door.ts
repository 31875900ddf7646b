import { HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt';
import type { Door, Rooms } from '../../src/house.ts';
import { refusing, SlackApp } from './app.ts';
import { connection } from './connection.ts';
import { gate } from './gate.ts';
import { boltLog } from './log.ts';
import { slackMessenger } from './messenger.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { places } from './places.ts';
import type { Desk } from './clerk.ts';
import { reception } from './reception.ts';
import { clientOptions, type Team } from './team.ts';

/** Slack, by signed HTTP or by Socket Mode. It opens without waiting for Slack: who cannot be reached now is tried again. */
export async function slackDoor(rooms: Rooms): Promise<Door> {
  const { config, store, log, install, courier } = rooms;
  if (!config.slack) throw new Error('Slack is not configured');
  const { mode, botToken, appToken, signingSecret, apiUrl } = config.slack;
  const logger = boltLog(log);
  const options = { ...clientOptions(apiUrl), logger };
  const client = new webApi.WebClient(botToken, options);
  let desk: Desk | undefined;
  let closing = false;
  const album = pictures(rooms, () => desk?.team);

  // Its own reconnecting waits five seconds each time, and ends the process when Slack is not there.
  const receiving = { appToken: appToken ?? '', autoReconnectEnabled: false, logger, installerOptions: { clientOptions: options } };
  const socket = mode === 'socket' ? new SocketModeReceiver(receiving) : undefined;
  // The gate has checked the signature, and more.
  const checked = { signingSecret: signingSecret ?? '', signatureVerification: false, processEventErrorHandler: refusing, logger };
  const http = mode === 'http' ? new HTTPReceiver(checked) : undefined;
  const app = new SlackApp({ receiver: (socket ?? http)!, authorize, convoStore: false, clientOptions: options, logger });
  app.error(async (fault) => log.warn({ why: fault.message }, 'something of Slack was not taken'));
  const { idle } = reception(app, rooms, () => desk!);

  /** Lets in events of the one team that the token is for; asks nobody. */
  async function authorize({ teamId }: { teamId?: string | undefined }) {
    if (!desk || teamId !== desk.team.installation.key) throw new Error(`Slack team ${teamId} is not served here`);
    return { botToken, botUserId: desk.team.bot.user, teamId: desk.team.installation.key };
  }

  const line = connection(
    async () => {
      if (!desk) {
        desk = await introduce();
        courier.wake();
      }
      if (!socket) return {};
      await socket.start();
      return { gone: new Promise<void>((resolve) => void socket.client.once('disconnected', () => resolve())) };
    },
    () => (desk ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN'),
    log,
  );

  /** Slack says whose the token is. */
  async function introduce(): Promise<Desk> {
    const { team_id, team, user_id, user } = await client.auth.test();
    const installation = await install({ platform: 'slack', key: team_id!, name: team! });
    const known: Team = { installation, client, bot: { user: user_id!, name: user! } };
    await releaseAll(known);
    return { team: known, people: people(store, known, log), pictures: album, places: places(store, known, log, () => courier.wake()) };
  }

  /** Until now nobody knew this team, and what was due to it may have been held for that. */
  async function releaseAll({ installation: { id, workspace } }: Team): Promise<void> {
    await store.update(function* (tables) {
      for (const channel of yield* tables.channelsOf(workspace))
        if (channel.installation === id) yield* tables.release(workspace, channel.id);
      for (const person of yield* tables.peopleOf(workspace)) yield* tables.release(workspace, person.id);
    });
  }

  return {
    messenger: slackMessenger(store, () => desk?.team, album),
    ...(http
      ? { listener: gate({ secret: signingSecret!, open: () => desk !== undefined && !closing, inner: http.requestListener, log }) }
      : {}),
    open: line.open,
    async close() {
      closing = true;
      desk?.people.stop();
      album.stop();
      await idle();
      line.close();
      await socket?.stop().catch(() => undefined);
      await idle();
    },
  };
}

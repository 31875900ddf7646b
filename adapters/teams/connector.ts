import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import {
  type Activity,
  CloudAdapter,
  type ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { DeliveryFault } from '../../src/messenger.ts';
import type { Account } from './activity.ts';
import { deliveryFault } from './faults.ts';

/** Where Offshoot can write in Teams: enough to do so unasked and after a restart. Stored as JSON. */
export type Place = Pick<ConversationReference, 'channelId' | 'serviceUrl' | 'conversation' | 'bot'>;

/** Somebody of a team or chat. */
export type Member = Account & { isGuest: boolean };

/** What Offshoot says to Teams. Each call is one request, never repeated; it throws a `DeliveryFault`. */
export interface Connector {
  post(place: Place, message: Partial<Activity>): Promise<string>;
  edit(place: Place, id: string, message: Partial<Activity>): Promise<void>;
  remove(place: Place, id: string): Promise<void>;
  /** The conversation of Offshoot with one person, made if there is none yet. */
  converse(from: Place, user: string): Promise<Place>;
  /** Everybody of a team or chat, and whether they are there as a guest or from another tenant. */
  members(place: Place): Promise<Member[]>;
  member(place: Place, id: string): Promise<Member>;
  /** The channels of a team; its General channel bears the name of the team. */
  channels(place: Place, team: string): Promise<{ id: string; name: string }[]>;
}

const PATIENCE = 10_000;
const PAGE = 500;

type Client = Awaited<ReturnType<ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>['create']>>;

export function connector(authentication: ConfigurationBotFrameworkAuthentication, appId: string): Connector {
  const adapter = new CloudAdapter(authentication);

  async function at<Result>(
    place: Place,
    changing: boolean,
    work: (client: Client, turn: TurnContext) => Promise<Result>,
  ): Promise<Result> {
    const results: Result[] = [];
    try {
      await adapter.continueConversationAsync(appId, place, async (turn) => {
        const client = turn.turnState.get<Client>(adapter.ConnectorClientKey);
        requestOnce(client);
        results.push(await work(client, turn));
      });
    } catch (fault) {
      throw deliveryFault(fault, changing);
    }
    return results[0]!;
  }

  return {
    async post(place, message) {
      const sent = await at(place, false, ({ conversations }) => conversations.sendToConversation(place.conversation.id, message));
      if (!sent?.id) throw new DeliveryFault('unknown', 'Teams took the message, but gave it no id');
      return sent.id;
    },
    async edit(place, id, message) {
      await at(place, true, ({ conversations }) => conversations.updateActivity(place.conversation.id, id, { ...message, id }));
    },
    async remove(place, id) {
      await at(place, true, ({ conversations }) => conversations.deleteActivity(place.conversation.id, id));
    },
    async converse(from, user) {
      const { tenantId } = from.conversation;
      const made = await at(from, false, ({ conversations }) =>
        conversations.createConversation({
          isGroup: false,
          bot: from.bot,
          members: [{ id: user, name: '' }],
          tenantId: tenantId!,
          channelData: { tenant: { id: tenantId } },
        }),
      );
      return { ...from, conversation: { id: made.id, conversationType: 'personal', tenantId } as Place['conversation'] };
    },
    members: (place) =>
      at(place, false, async (_, turn) => {
        const found: Member[] = [];
        let more: string | undefined;
        do {
          const page = await TeamsInfo.getPagedTeamMembers(turn, place.conversation.id, PAGE, more);
          found.push(...page.members.map((one) => memberOf(one, place)));
          more = page.continuationToken || undefined;
        } while (more);
        return found;
      }),
    member: (place, id) =>
      at(place, false, async (_, turn) => {
        return memberOf(await TeamsInfo.getMember(turn, id), place);
      }),
    channels: (place, team) =>
      at(place, false, async (_, turn) => {
        const found = await TeamsInfo.getTeamChannels(turn, team);
        const general = found.some((channel) => !channel.name) ? ((await TeamsInfo.getTeamDetails(turn, team)).name ?? 'General') : '';
        return found.flatMap(({ id, name }) => (id ? [{ id, name: name || general }] : []));
      }),
  };
}

function memberOf(found: Parameters<typeof account>[0] & { tenantId?: string; userRole?: string }, { conversation }: Place): Member {
  const isForeign = !!found.tenantId && found.tenantId !== conversation.tenantId;
  return { ...account(found), isGuest: isForeign || found.userRole === 'guest' };
}

/** Teams calls the directory's id `objectId` in a list of members, and `aadObjectId` elsewhere. */
function account({ id, name, aadObjectId, ...rest }: { id: string; name?: string; aadObjectId?: string }): Account {
  return { id, name, aadObjectId: aadObjectId ?? (rest as { objectId?: string }).objectId };
}

/** A kept connection may be closed at the other end just when it is used: then nobody could say whether a message was taken. */
const secure = new SecureAgent({ keepAlive: false });
const plain = new PlainAgent({ keepAlive: false });

/** The part of the client that sends, which its type keeps to itself. */
interface Sending {
  client: {
    pipeline: {
      removePolicy(options: { name: string }): void;
      addPolicy(policy: {
        name: string;
        sendRequest(
          request: { url: string; timeout: number; agent?: PlainAgent },
          next: (request: object) => Promise<never>,
        ): Promise<never>;
      }): void;
    };
  };
}

/**
 * The client tries again by itself after lost answers, so that a message which was taken would stand there twice. The courier alone
 * decides what is sent again.
 */
function requestOnce(client: Client): void {
  const { pipeline } = (client as unknown as Sending).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'patience',
    sendRequest(request, next) {
      request.timeout = PATIENCE;
      request.agent ??= request.url.startsWith('https:') ? secure : plain;
      return next(request);
    },
  });
}

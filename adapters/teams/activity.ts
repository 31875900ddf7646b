import { z } from 'zod';

const account = z.object({ id: z.string(), name: z.string().nullish(), aadObjectId: z.string().nullish() });
const named = z.object({ id: z.string(), name: z.string().nullish() });

/** What Offshoot reads of an activity. The body is not signed: only its shape is known here, `trust` judges what it says. */
export const activitySchema = z.object({
  type: z.string().min(1),
  id: z.string().nullish(),
  /** Of an invoke: `task/fetch`, `composeExtension/submitAction`. */
  name: z.string().nullish(),
  /** Of an installationUpdate: `add`, `remove`. */
  action: z.string().nullish(),
  channelId: z.string(),
  serviceUrl: z.url(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().nullish(),
  localTimezone: z.string().nullish(),
  from: account,
  recipient: z.object({ id: z.string() }),
  conversation: z.object({
    id: z.string().min(1),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
    name: z.string().nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).nullish(),
      team: named.nullish(),
      channel: named.nullish(),
      eventType: z.string().nullish(),
    })
    .nullish(),
  entities: z
    .array(
      z.object({
        type: z.string().nullish(),
        text: z.string().nullish(),
        timezone: z.string().nullish(),
        mentioned: z.object({ id: z.string() }).nullish(),
      }),
    )
    .nullish(),
  membersAdded: z.array(account).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;
export type Account = z.infer<typeof account>;

/** The tenant that the activity says it comes from. */
export const tenantOf = ({ channelData, conversation }: TeamsActivity): string | undefined =>
  channelData?.tenant?.id ?? conversation.tenantId ?? undefined;

/** The conversation without the thread in it. */
export const addressOf = ({ conversation }: TeamsActivity): string => conversation.id.split(';')[0]!;

export const isPersonal = ({ conversation }: TeamsActivity): boolean => conversation.conversationType === 'personal';

/** Whether it comes from the menu of a message, which is there in conversations without Offshoot, too. */
export const isOfExtension = ({ type, name }: TeamsActivity): boolean =>
  type === 'invoke' && name?.startsWith('composeExtension/') === true;

/** What a person is known by: the id of the directory where there is one, since the other differs from bot to bot. */
export const userOf = ({ aadObjectId, id }: Account): string => aadObjectId || id;

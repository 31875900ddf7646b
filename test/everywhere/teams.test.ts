import { expect } from 'vitest';
import type { PlatformClient, Role } from '../contract/client.ts';
import { TeamsClient, teamsClient } from '../contract/teams/client.ts';
import { cases } from './cases.ts';
import { mistakes } from './mistakes.ts';
import { everywhere, Room } from './story.ts';

/** Teams says who is in the team whenever somebody joins it. */
async function becomesGuest(client: PlatformClient, who: Role): Promise<void> {
  if (!(client instanceof TeamsClient)) throw new Error('this is not Teams');
  const [account] = client.conversation(who, 'direct').members;
  account!.userRole = 'guest';
  const general = client.microsoft.conversations.get(client.microsoft.team.id)!;
  await client.send(client.activity('PM', general, 'conversationUpdate', { membersAdded: [account] }));
  await expect.poll(() => new Room(client).rows(`select name from people where name = '${who}' and guest = 1`)).toHaveLength(1);
}

everywhere('Teams', teamsClient);
cases('Teams', teamsClient);
mistakes('Teams', teamsClient, { guest: becomesGuest });

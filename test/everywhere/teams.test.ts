import { teamsClient } from '../contract/teams/client.ts';
import { cases } from './cases.ts';
import { everywhere } from './story.ts';

everywhere('Teams', teamsClient);
cases('Teams', teamsClient);

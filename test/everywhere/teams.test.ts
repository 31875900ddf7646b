import { teamsClient } from '../contract/teams/client.ts';
import { everywhere } from './story.ts';

everywhere('Teams', teamsClient);

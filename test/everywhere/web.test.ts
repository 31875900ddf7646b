import { webClient } from '../contract/web/client.ts';
import { cases } from './cases.ts';
import { mistakes } from './mistakes.ts';
import { everywhere } from './story.ts';

everywhere('browser', webClient);
cases('browser', webClient);
// The local workspace has neither guests nor bots, and nobody leaves it.
mistakes('browser', webClient, {});

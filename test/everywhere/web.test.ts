import { webClient } from '../contract/web/client.ts';
import { cases } from './cases.ts';
import { everywhere } from './story.ts';

everywhere('browser', webClient);
cases('browser', webClient);

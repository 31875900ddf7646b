import { webClient } from '../contract/web/client.ts';
import { everywhere } from './story.ts';

everywhere('browser', webClient);

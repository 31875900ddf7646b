import { slackClient } from '../contract/slack/client.ts';
import { everywhere } from './story.ts';

everywhere('Slack over HTTP', () => slackClient('http'));
everywhere('Slack over Socket Mode', () => slackClient('socket'));

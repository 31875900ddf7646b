import { slackClient } from '../contract/slack/client.ts';
import { cases } from './cases.ts';
import { everywhere } from './story.ts';

everywhere('Slack over HTTP', () => slackClient('http'));
everywhere('Slack over Socket Mode', () => slackClient('socket'));
cases('Slack over HTTP', () => slackClient('http'));
cases('Slack over Socket Mode', () => slackClient('socket'));

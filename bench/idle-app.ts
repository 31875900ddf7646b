import { createServer } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';

/** A Bolt app that does nothing but check the signature and acknowledge: what any app on Bolt costs. */
const receiver = new HTTPReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET!, endpoints: ['/slack/events'] });
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0', botUserId: 'U0BOT' }) });
app.view(/.*/, async ({ ack }) => await ack());
const server = createServer(receiver.requestListener);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.stdout.write(`ready http://127.0.0.1:${address.port}\n`);
});

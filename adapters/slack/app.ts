import { App, type HTTPReceiverOptions, type ReceiverEvent } from '@slack/bolt';

const UNDERSTOOD = new Set(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action']);

/** The body of a request says nothing that Slack would say. */
class NotUnderstood extends Error {}

/** Bolt leaves what it does not know without an answer, and the sender waiting for three seconds. Here it is refused at once. */
export class SlackApp extends App {
  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (!isUnderstood(event.body)) throw new NotUnderstood('what came is nothing that Slack would send');
    await super.processEvent(event);
  }
}

/** How a receiver answers what could not be taken. */
export const refusing: NonNullable<HTTPReceiverOptions['processEventErrorHandler']> = async ({ error, response, logger }) => {
  logger.warn(error.message);
  if (!response.headersSent) response.writeHead(error instanceof NotUnderstood ? 400 : 500).end();
  return true;
};

function isUnderstood({ type, command, event }: ReceiverEvent['body']): boolean {
  if (type === 'event_callback') return typeof (event as { type?: unknown } | null | undefined)?.type === 'string';
  return typeof command === 'string' || UNDERSTOOD.has(String(type));
}

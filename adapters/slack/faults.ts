import { webApi } from '@slack/bolt';
import { DeliveryFault } from '../../src/messenger.ts';

/** What became of a call that Slack did not answer with ok. `place` and `bot` are as people see them: `#general`, `offshoot`. */
export function faultOf(fault: unknown, place: string, bot: string): DeliveryFault {
  if (fault instanceof webApi.WebAPIRateLimitedError) return new DeliveryFault('again', 'Slack asks to slow down', fault.retryAfter * 1000);
  if (fault instanceof webApi.WebAPIPlatformError) return refusalOf(fault.data.error, place, bot);
  if (fault instanceof webApi.WebAPIHTTPError)
    return new DeliveryFault(fault.statusCode >= 500 ? 'unknown' : 'refused', `Slack answered ${fault.statusCode}`);
  if (fault instanceof webApi.WebAPIRequestError && neverSent(fault.original))
    return new DeliveryFault('again', `Slack is not reachable: ${fault.original.message}`);
  return new DeliveryFault('unknown', `the answer of Slack was lost: ${fault instanceof Error ? fault.message : String(fault)}`);
}

/** The codes with which Slack says that the token is of no use; nothing is delivered until an operator has put in another. */
export const TOKEN_CODES: readonly string[] = ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'];

export const codeOf = (fault: unknown): string | undefined => (fault instanceof webApi.WebAPIPlatformError ? fault.data.error : undefined);

/** Slack did not take blocks because of a picture in them: it does not know the file, or does not know it yet. */
export const isOverPicture = (fault: unknown): boolean =>
  fault instanceof webApi.WebAPIPlatformError && /slack[ _]file/.test(JSON.stringify(fault.data));

function refusalOf(code: string, place: string, bot: string): DeliveryFault {
  if (TOKEN_CODES.includes(code))
    return new DeliveryFault(
      'refused',
      `Slack does not take the bot token any more (${code}): put the right SLACK_BOT_TOKEN in and start again`,
    );
  switch (code) {
    case 'message_not_found':
      return new DeliveryFault('vanished', 'the message is gone');
    case 'not_in_channel':
    case 'channel_not_found':
      return new DeliveryFault(
        'refused',
        `Offshoot is not in ${place}: somebody in it writes /invite @${bot}, and it is delivered at once`,
      );
    case 'is_archived':
      return new DeliveryFault('refused', `${place} is archived: bring it back, or move the initiative to another channel`);
    case 'user_disabled':
    case 'user_not_found':
    case 'user_not_visible':
    case 'cannot_dm_bot':
      return new DeliveryFault('refused', 'the person is not active in Slack any more: hand over what they are asked to do');
    case 'missing_scope':
      return new DeliveryFault('refused', 'the app lacks a permission: paste the manifest again, reinstall the app, and start again');
    case 'ratelimited':
    case 'rate_limited':
      return new DeliveryFault('again', 'Slack asks to slow down', 5_000);
    // Slack says of these that the call may have been carried out in part.
    case 'internal_error':
    case 'fatal_error':
    case 'service_unavailable':
    case 'request_timeout':
      return new DeliveryFault('unknown', `Slack failed (${code})`);
    default:
      if (code.startsWith('restricted_action'))
        return new DeliveryFault('refused', `Slack does not let Offshoot post in ${place} (${code}): ask who administers the workspace`);
      return new DeliveryFault('refused', `Slack refused it (${code})`);
  }
}

function neverSent(fault: Error): boolean {
  const cause = fault.cause as { code?: unknown } | undefined;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(String(cause?.code));
}

import { DeliveryFault } from '../../src/messenger.ts';

/** Before these a request has not left this machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What the courier makes of an error of the connector. `changing` is for edits and removals: there a 404 means the message. */
export function deliveryFault(fault: unknown, changing: boolean): DeliveryFault {
  if (fault instanceof DeliveryFault) return fault;
  const { name, message, code, statusCode, response } = fault as RestFault;
  const why = `Teams: ${statusCode ?? ''} ${detailOf(fault as RestFault) ?? message}`.replaceAll(/\s+/g, ' ').slice(0, 300);
  if (name !== 'RestError' && name !== 'AbortError') return new DeliveryFault('again', `no token for Teams: ${message}`);
  if (statusCode === undefined)
    return new DeliveryFault(NOT_SENT.has(code ?? '') ? 'again' : 'unknown', `Teams did not answer: ${message}`);
  if (statusCode === 429) return new DeliveryFault('again', why, waitOf(response) ?? 2_000);
  if (statusCode === 404 && changing) return new DeliveryFault('vanished', why);
  if (statusCode === 412) return new DeliveryFault('again', why);
  if (statusCode === 408 || statusCode >= 500) return new DeliveryFault('unknown', why);
  return new DeliveryFault('refused', `${why}. ${remedy(statusCode)}`);
}

/** Whether nothing is gained by trying again: it may have landed, or it never will. */
export const isSettled = (fault: unknown): boolean => fault instanceof DeliveryFault && fault.kind !== 'again';

interface RestFault {
  name?: string;
  message?: string;
  code?: string;
  statusCode?: number;
  details?: { error?: { code?: string; message?: string } };
  response?: { headers?: { get(name: string): string | undefined } };
}

const detailOf = ({ details }: RestFault): string | undefined => details?.error?.code;

function waitOf(response: RestFault['response']): number | undefined {
  const seconds = Number(response?.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

function remedy(statusCode: number): string {
  switch (statusCode) {
    case 401:
      return 'Teams does not take the credentials of the bot: check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId';
    case 403:
    case 404:
      return 'Offshoot is not in this conversation, or is blocked there: add the app to the team or chat again, and it is delivered';
    default:
      return 'Teams does not take this message; please report it with the log';
  }
}

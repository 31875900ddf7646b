import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** JSON lines on stderr, pretty on a terminal. No secret, no answer and no choice is ever given to it. */
export function logger(level: string): Logger {
  const errors = { serializers: { fault: bare } };
  if (process.stderr.isTTY)
    return pino({ level, ...errors, transport: { target: 'pino-pretty', options: { destination: 2, ignore: 'pid,hostname' } } });
  return pino({ level, ...errors }, pino.destination({ dest: 2, sync: true }));
}

/** Of a fault only what it is and where: libraries hang whole requests on it, and with them what people typed. */
function bare(fault: Error): object {
  const { type, message, stack, code } = pino.stdSerializers.err(fault) as {
    type?: string;
    message?: string;
    stack?: string;
    code?: string;
  };
  return { type, message, stack, ...(code === undefined ? {} : { code }) };
}

import type { Config } from '../config.ts';
import type { Reader } from '../../adapters/store/reader.ts';

/**
 * The time of the record, epoch milliseconds: where its clock is moved by hand, that of the latest entry, or else what is registered now
 * would be later than what is decided next.
 */
export function nowOf({ clock }: Pick<Config, 'clock'>, { connection }: Pick<Reader, 'connection'>): number {
  const { at } = connection.prepare('select max(at) as at from journal').get() as { at: number | null };
  return clock === 'manual' && at !== null ? at : Date.now();
}

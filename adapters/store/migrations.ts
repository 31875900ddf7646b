import type { Migration } from 'kysely';
import { first } from './migrations/001-first.ts';
import { reviews } from './migrations/002-reviews.ts';
import { machine } from './migrations/003-machine.ts';

/** Every migration that ever ran, in order; one that has landed is never changed, only followed. */
export const migrations: Record<string, Migration> = {
  '001-first': { up: first },
  '002-reviews': { up: reviews },
  '003-machine': { up: machine },
};

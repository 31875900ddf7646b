import type { PersonId } from '../../src/id.ts';
import type { MemberProfile } from '../../src/need.ts';

/** Where the electors are, as their messengers said when the vote opened: most of them in one zone, and who is elsewhere. */
export interface Zones {
  /** IANA zone of all who are not named below, and of those of whom none is known. */
  zone: string;
  others?: Readonly<Record<PersonId, string>>;
}

interface Placed {
  zones?: Zones | undefined;
}

/** The zones of a vote's electors. Nobody's is known better than that of the place where it was opened, `here`. */
export function zonesOf(electors: readonly PersonId[], profiles: readonly MemberProfile[], here: string): Zones {
  const known = new Map(profiles.flatMap(({ person, zone }) => (zone === null ? [] : [[person, zone] as const])));
  const others = electors.flatMap((one) => {
    const zone = known.get(one) ?? here;
    return zone === here ? [] : [[one, zone] as const];
  });
  return { zone: here, ...(others.length > 0 ? { others: Object.fromEntries(others) } : {}) };
}

/** Somebody's zone; a deputy who is no elector is taken to be where the member is whom they stand in for. */
export const zoneOf = ({ zones }: Placed, one: PersonId, member = one): string =>
  zones?.others?.[one] ?? zones?.others?.[member] ?? zones?.zone ?? 'UTC';

/** Every zone that an elector is in, each once. */
export const allZones = ({ zones }: Placed): readonly string[] => [
  ...new Set([zones?.zone ?? 'UTC', ...Object.values(zones?.others ?? {})]),
];

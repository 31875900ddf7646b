import type { PersonId, WorkspaceId } from './id.ts';
import type { Work } from './store.ts';

/** That somebody is out of office, as their messenger says; nothing of why. */
export interface AbsenceTables {
  /** `until` is the moment (epoch milliseconds) at which they are back; null when none is said. */
  putAbsence(workspace: WorkspaceId, person: PersonId, until: number | null): Work<void>;
  dropAbsence(workspace: WorkspaceId, person: PersonId): Work<void>;
}

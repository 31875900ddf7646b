import type { AbsenceTables } from '../../../src/absence.ts';
import type { PersonId } from '../../../src/id.ts';
import { db, query } from '../query.ts';

const put = query((p: { workspace: number; person: PersonId; until_at: number | null }) =>
  db
    .insertInto('absences')
    .values({ workspace: p.workspace, person: p.person, until_at: p.until_at })
    .onConflict((on) => on.columns(['workspace', 'person']).doUpdateSet((eb) => ({ until_at: eb.ref('excluded.until_at') }))),
);
const drop = query((p: { workspace: number; person: PersonId }) =>
  db.deleteFrom('absences').where('workspace', '=', p.workspace).where('person', '=', p.person),
);

export const absenceTables: AbsenceTables = {
  *putAbsence(workspace, person, until) {
    yield* put({ workspace, person, until_at: until });
  },
  *dropAbsence(workspace, person) {
    yield* drop({ workspace, person });
  },
};

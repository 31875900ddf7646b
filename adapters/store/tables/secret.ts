import type { FlowId } from '../../../src/id.ts';
import type { Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';

interface Of {
  workspace: number;
  vote: string;
}

const sealedOf = query((p: Of) =>
  db
    .selectFrom('sealed_ballots')
    .select(['slot', 'mark', 'sealed'])
    .where('workspace', '=', p.workspace)
    .where('vote', '=', p.vote)
    .orderBy('slot'),
);
const sealedAt = query((p: Of & { slot: string }) =>
  db
    .selectFrom('sealed_ballots')
    .select(['slot', 'mark', 'sealed'])
    .where('workspace', '=', p.workspace)
    .where('vote', '=', p.vote)
    .where('slot', '=', p.slot),
);
const marksOf = query((p: Of) =>
  db.selectFrom('sealed_ballots').select(['slot', 'mark']).where('workspace', '=', p.workspace).where('vote', '=', p.vote).orderBy('slot'),
);
const markAt = query((p: Of & { slot: string }) =>
  db
    .selectFrom('sealed_ballots')
    .select(['slot', 'mark'])
    .where('workspace', '=', p.workspace)
    .where('vote', '=', p.vote)
    .where('slot', '=', p.slot),
);
const putSealed = query((p: Of & { slot: string; mark: string; sealed: Buffer }) =>
  db
    .insertInto('sealed_ballots')
    .values({ workspace: p.workspace, vote: p.vote, slot: p.slot, mark: p.mark, sealed: p.sealed })
    .onConflict((on) =>
      on.columns(['workspace', 'vote', 'slot']).doUpdateSet((eb) => ({ mark: eb.ref('excluded.mark'), sealed: eb.ref('excluded.sealed') })),
    ),
);
const dropSealed = query((p: Of) => db.deleteFrom('sealed_ballots').where('workspace', '=', p.workspace).where('vote', '=', p.vote));
const dropSealedAt = query((p: Of & { slot: string }) =>
  db.deleteFrom('sealed_ballots').where('workspace', '=', p.workspace).where('vote', '=', p.vote).where('slot', '=', p.slot),
);
const turnout = query((p: Of & { elector: string }) =>
  db
    .selectFrom('turnout')
    .select(['number', 'cast'])
    .where('workspace', '=', p.workspace)
    .where('vote', '=', p.vote)
    .where('elector', '=', p.elector),
);
const putTurnout = query((p: Of & { elector: string; cast: 0 | 1 }) =>
  db
    .insertInto('turnout')
    .values({ workspace: p.workspace, vote: p.vote, elector: p.elector, number: 1, cast: p.cast })
    .onConflict((on) =>
      on
        .columns(['workspace', 'vote', 'elector'])
        .doUpdateSet((eb) => ({ number: eb('turnout.number', '+', 1), cast: eb.ref('excluded.cast') })),
    ),
);
const dropTurnout = query((p: Of) => db.deleteFrom('turnout').where('workspace', '=', p.workspace).where('vote', '=', p.vote));
const sealedFirst = query((p: Of) =>
  db
    .selectFrom('sealed_ballots')
    .select(['slot', 'mark', 'sealed'])
    .where('workspace', '=', p.workspace)
    .where('vote', '=', p.vote)
    .orderBy('slot')
    .limit(1),
);

/** All rows by one statement: of a vote of 500 there may be thousands. */
const PUBLISH = `insert into published_ballots (workspace, vote, number, receipt, choices)
  select ?, ?, key + 1, value ->> 'receipt', value -> 'choices' from json_each(?)`;
const PUBLISH_REASONS = `insert into published_reasons (workspace, vote, number, criterion, choice, reason)
  select ?, ?, key + 1, value ->> 'criterion', value ->> 'choice', value ->> 'reason' from json_each(?)`;
const sealedVotes = query((_: object) => db.selectFrom('sealed_ballots').select(['workspace', 'vote']).distinct());

/** What is kept of secret votes. What is sealed came from the vault as bytes; nothing here has ever seen inside. */
export const secretTables = {
  *sealedBallots(workspace, vote, slot, limit) {
    if (limit) return yield* sealedFirst({ workspace, vote });
    return slot === undefined ? yield* sealedOf({ workspace, vote }) : yield* sealedAt({ workspace, vote, slot });
  },
  *sealedMarks(workspace, vote, slot) {
    return slot === undefined ? yield* marksOf({ workspace, vote }) : yield* markAt({ workspace, vote, slot });
  },
  *putSealed(workspace, vote, { slot, mark, sealed }) {
    yield* putSealed({ workspace, vote, slot, mark, sealed });
  },
  *dropSealed(workspace, vote, slot) {
    if (slot === undefined) yield* dropSealed({ workspace, vote });
    else yield* dropSealedAt({ workspace, vote, slot });
  },
  *turnout(workspace, vote, elector) {
    const [row] = yield* turnout({ workspace, vote, elector });
    return row;
  },
  *putTurnout(workspace, vote, elector, cast) {
    yield* putTurnout({ workspace, vote, elector, cast });
  },
  *dropTurnout(workspace, vote) {
    yield* dropTurnout({ workspace, vote });
  },
  *publish(workspace, vote, ballots, reasons) {
    if (ballots.length > 0) yield { sql: PUBLISH, values: [workspace, vote, JSON.stringify(ballots)] };
    if (reasons.length > 0) yield { sql: PUBLISH_REASONS, values: [workspace, vote, JSON.stringify(reasons)] };
  },
  *sealedVotes() {
    return (yield* sealedVotes({})) as { workspace: number; vote: FlowId }[];
  },
} satisfies Partial<Tables>;

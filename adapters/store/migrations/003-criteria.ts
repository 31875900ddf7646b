import { type Kysely, sql } from 'kysely';

/** Before this there was one set of criteria. The texts are those of that version, whatever becomes of the set later. */
const FIRST = [
  ['performance', 'must', 'Technical performance requirement met'],
  ['roi', 'must', 'Positive ROI at scale'],
  ['sponsor', 'must', 'Executive sponsor confirmed'],
  ['safety', 'must', 'No unresolved safety or compliance issue'],
  ['funding', 'must', 'Funding for the scaling phase secured'],
  ['satisfaction', 'should', 'User satisfaction above threshold'],
  ['resistance', 'should', 'Resistance manageable'],
  ['debt', 'should', 'Technical debt within limits'],
  ['team', 'should', 'Team able to support at scale'],
  ['ownership', 'should', 'Ownership and governance clear'],
  ['uses', 'nice', 'Further use cases identified'],
  ['platform', 'nice', 'Platform potential'],
  ['advantage', 'nice', 'Competitive advantage shown'],
  ['innovation', 'nice', 'Innovation opportunities'],
  ['recognition', 'nice', 'Recognition'],
] as const;

/** What each vote asked, so that a record reads without the program. Votes that are over are not derived anew, so theirs are written here. */
export async function criteriaTables(db: Kysely<any>): Promise<void> {
  await sql`create table vote_criteria (
    workspace integer not null references workspaces (id), vote text not null, criterion text not null, place integer not null,
    tier text not null, text text not null,
    primary key (workspace, vote, criterion)) without rowid`.execute(db);
  for (const [index, [criterion, tier, text]] of FIRST.entries())
    await sql`insert into vote_criteria select workspace, id, ${criterion}, ${index + 1}, ${tier}, ${text} from votes`.execute(db);
}

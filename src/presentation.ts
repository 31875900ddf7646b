import { save } from './change.ts';
import type { Who } from './directory.ts';
import { type Flow, type Linked, type Moment, type Refused, refused, type Taken } from './flow.ts';
import type { FlowId, PersonId } from './id.ts';
import { gone, mayLeave } from './joining.ts';
import type { CodeRow, Tables, Work } from './store.ts';
import { gather } from './target.ts';
import { text } from './text.ts';
import { upgraded } from './upgrade.ts';

type Said = Pick<Taken<unknown>, 'say'>;

/** Gives a flow the answer to its code, which was typed in another workspace; its due timers are applied already. */
export function* present(tables: Tables, who: Who, moment: Moment, code: CodeRow, flow: Flow, id: FlowId): Work<Refused | Said> {
  const { workspace } = code;
  const barred = yield* mayLeave(tables, who.workspace, workspace, who.person);
  if (barred) return barred;
  const row = yield* tables.flow(workspace, id);
  if (!row) return gone();
  const { id: installation, platform, name } = who.installation;
  const [me] = (yield* tables.rows(who.workspace, { as: '', rows: 'people', where: { id: who.person } })) as { name: string }[];
  const input = { type: 'answered', installation, platform, name, who: me?.name || 'Somebody', journal: moment.head };
  const there: Moment = { at: moment.at, zone: 'UTC', head: (yield* tables.journalHead(workspace)).digest };
  const state = upgraded(flow, row);
  const step = flow.step(state, input, there, {});
  if ('refused' in step) return step;
  yield* save(tables, { workspace, flow, id, before: state }, step, there, input);
  yield* tables.useCode(code.digest, moment.at);
  return step;
}

/** Gives a flow the answer of somebody of the same workspace who says that they are who got the code. `linkable` looks whether they can be. */
export function* answerLink(
  tables: Tables,
  who: Who,
  moment: Moment,
  { workspace, digest }: CodeRow,
  flow: Flow,
  id: FlowId,
  linkable: (linked: Linked) => Work<object | Refused>,
): Work<Refused | Said> {
  if (workspace !== who.workspace) return ELSEWHERE;
  const row = (yield* tables.flow(workspace, id))!;
  const state = upgraded(flow, row) as { by: PersonId };
  const theirs = yield* tables.identitiesOf(workspace, state.by);
  const mine = yield* tables.identitiesOf(workspace, who.person);
  const both = mine.find((one) => theirs.some(({ installation }) => installation === one.installation));
  const { platform } = who.installation;
  const input = { type: 'answered', platform, theirs: theirs.map((one) => one.platform), ...(both ? { both: both.platform } : {}) };
  const facts = yield* gather(tables, workspace, flow.needs?.(state, { id, input: input.type, by: who.person }) ?? []);
  const step = flow.step(state, input, moment, facts);
  if ('refused' in step) return step;
  const barred = step.links && (yield* linkable(step.links));
  if (barred && 'refused' in barred) return barred;
  yield* save(tables, { workspace, flow, id, before: state }, step, moment, input);
  yield* tables.useCode(digest, moment.at);
  return step;
}

const ELSEWHERE = refused(
  text`That code was given in another workspace, and nobody is known in two. Its administrators join the two messengers first: /offshoot join`,
);

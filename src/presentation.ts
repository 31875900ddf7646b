import { save } from './change.ts';
import type { Who } from './directory.ts';
import type { Flow, Moment, Refused, Taken } from './flow.ts';
import type { FlowId } from './id.ts';
import { gone, mayLeave } from './joining.ts';
import type { CodeRow, Tables, Work } from './store.ts';
import { upgraded } from './upgrade.ts';

/** Gives a flow the answer to its code, which was typed in another workspace; its due timers are applied already. */
export function* present(
  tables: Tables,
  who: Who,
  moment: Moment,
  code: CodeRow,
  flow: Flow,
  id: FlowId,
): Work<Refused | Pick<Taken<unknown>, 'say'>> {
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

import type { Address } from './card.ts';
import type { Clock } from './clock.ts';
import { codeIn, newCode } from './code.ts';
import { timerCause, save, type Subject } from './change.ts';
import { addressed, identify, reading, type Who } from './directory.ts';
import type { Event, Reply } from './event.ts';
import { disclosing } from './disclosing.ts';
import { type Flow, type Linked, type Moment, type Refused, refused, type Step, type Taken } from './flow.ts';
import { filled, type Form, formOf, type Raw, read } from './form.ts';
import { type FlowId, flowId, isFlowId, kindOf, type WorkspaceId } from './id.ts';
import { admit } from './joining.ts';
import { changesOf, link } from './linking.ts';
import type { Page } from './page.ts';
import { answerLink, present } from './presentation.ts';
import { sealing } from './sealing.ts';
import { type CodeRow, type InstallationRow, SPENT, type Store, type Tables, type TimerRow, type Work } from './store.ts';
import { ask, factsFor, gather, type Target, timerTarget } from './target.ts';
import { tellUnopened } from './unopened.ts';
import type { SecretVote, Vault } from './vault.ts';
import { upgraded } from './upgrade.ts';
import { bold, type Names, plain, type Text, text, words } from './text.ts';

export interface Engine {
  /** Takes one event of a person and answers it; what it changed is durable when the promise resolves. */
  handle(event: Event): Promise<Reply>;
  /** Lets one due timer take effect, once, whoever else may be at it. */
  fire(row: TimerRow): Promise<void>;
}

interface Rooms {
  store: Store;
  flows: readonly Flow[];
  pages: readonly Page[];
  clock: Clock;
  /** The keys of secret votes; without it no secret ballot can be cast. */
  vault?: Vault;
  /** Where somebody on this platform can open what the house shows in a browser. */
  address?(platform: InstallationRow['platform']): string | undefined;
  /** Why an address is not called; undefined where it may be. */
  barred?(url: string): Promise<string | undefined>;
  /** Called before a secret is stored that has to be kept. */
  guard?(): void;
  /** Called after each commit that ended secret votes: their keys are to be destroyed. */
  ended?(votes: readonly SecretVote[]): void;
  /** Called after each commit that may have changed what is owed or due in a workspace. */
  changed(workspace: WorkspaceId): void;
  /** An installation moves: every holder of its row has to see it. It is called within the transaction, and once more, backwards, should that fail. */
  moved?(installation: number, workspace: WorkspaceId): void;
}

/** A timer's step threw: the timer is to blame, not the event that happened to wake it. */
class TimerFault extends Error {
  readonly row: TimerRow;
  constructor(row: TimerRow, cause: unknown) {
    super(`timer ${row.key} of ${row.flow} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.row = row;
  }
}

export function engine({ store, flows, pages, clock, vault, ended, changed, moved, address, barred, guard }: Rooms): Engine {
  const kinds = new Map(flows.map((flow) => [flow.name, flow]));
  const shelves = new Map(pages.map((page) => [page.name, page]));

  async function handle(event: Event): Promise<Reply> {
    const wake = new Set<WorkspaceId>();
    let back: (() => void) | undefined;
    const moving = (installation: number, from: WorkspaceId, into: WorkspaceId): void => {
      back = () => moved?.(installation, from);
      moved?.(installation, into);
    };
    try {
      const url = event.answers && kinds.get(event.press.to)?.open.calls?.(event.answers.raw);
      const why = url === undefined ? undefined : await barred?.(url);
      const shown: string[] = [];
      const reply = await update((tables) => answer(tables, { ...event, wake, moving, ...(why ? { barred: why } : {}) }), shown);
      for (const workspace of wake.add(event.installation.workspace)) changed(workspace);
      // Said to the one who acted, and in nothing that is stored.
      return reply.kind === 'done' && shown[0] !== undefined ? { ...reply, secret: shown[0] } : reply;
    } catch (fault) {
      back?.();
      if (!(fault instanceof TimerFault)) throw fault;
      await backOff(fault.row, fault, event.at);
      return handle(event);
    }
  }

  async function fire(row: TimerRow): Promise<void> {
    try {
      await update((tables) => applyTimer(tables, row, Math.max(row.at, clock.now())));
      changed(row.workspace);
    } catch (fault) {
      await backOff(row, fault, clock.now());
      throw fault;
    }
  }

  /** One transaction, and after its commit the end of the keys that it made needless. `shown` gathers the secrets that it made. */
  async function update<Result>(work: (tables: Tables) => Work<Result>, shown: string[] = []): Promise<Result> {
    const opened = (tables: Tables) => disclosing(tables, shown, () => guard?.());
    if (!vault) return await store.update((tables) => work(opened(tables)));
    let spent: SecretVote[] = [];
    const result = await store.update((tables) => work(sealing(opened(tables), vault, (spent = []))));
    if (spent.length > 0) ended?.(spent);
    return result;
  }

  /** Tries again after 1, 2, 4, 8 minutes; then it is held until an operator looks. */
  const backOff = (row: TimerRow, fault: unknown, at: number) =>
    store.update((tables) =>
      tables.delayTimer(row, at + 60_000 * 2 ** row.tries, row.tries >= 4, fault instanceof Error ? fault.message : String(fault)),
    );

  function* answer(tables: Tables, said: Taking): Work<Reply> {
    const who = yield* identify(tables, said);
    const event = { ...said, press: yield* addressed(tables, who.workspace, said.press) };
    const known = yield* tables.cause(who.workspace, event.cause);
    const house = address?.(event.installation.platform);
    const moment: Moment = {
      ...who.moment,
      head: (yield* tables.journalHead(who.workspace)).digest,
      chance: newCode(),
      ...(house ? { house } : {}),
    };
    if (known) return yield* again(tables, who, moment, JSON.parse(known.reply) as StoredReply);
    const page = shelves.get(event.press.to);
    if (page) return yield* turn(tables, who, moment, page, event);
    const coded = yield* codeIn(tables, kinds.get(event.press.to)?.open.code, event);
    if (coded && 'refused' in coded) return { kind: 'refused', text: coded.refused };
    if (coded?.flow) return yield* presented(tables, who, moment, coded, coded.flow, event);
    if (coded && coded.workspace !== who.workspace) return { kind: 'refused', text: ELSEWHERE };
    const found = yield* find(tables, who, event);
    if ('refused' in found) return { kind: 'refused', text: found.refused };
    if (!coded) return yield* take(tables, who, moment, found, event);
    const { about: _, ...press } = event.press;
    const reply = yield* take(tables, who, moment, { ...found, code: coded }, { ...event, press });
    if (reply.kind === 'done') yield* tables.useCode(coded.digest, moment.at);
    return reply;
  }

  /** A code that a flow gave was typed, perhaps in another workspace: it is that flow's input. */
  function* presented(tables: Tables, who: Who, moment: Moment, code: CodeRow, id: FlowId, event: Taking): Work<Reply> {
    for (const row of yield* tables.dueFor(code.workspace, id, event.at)) yield* applyTimer(tables, row, event.at);
    const flow = kinds.get(kindOf(id))!;
    const said =
      code.purpose === 'link'
        ? yield* answerLink(tables, who, moment, code, flow, id, (linked) => linkable(tables, code.workspace, linked, moment))
        : yield* present(tables, who, moment, code, flow, id);
    if ('refused' in said) return { kind: 'refused', text: said.refused };
    event.wake.add(code.workspace);
    const reply: StoredReply = { flow: id, say: said.say ?? words('Done.') };
    yield* tables.putCause(who.workspace, { cause: event.cause, flow: id, reply: JSON.stringify(reply), at: moment.at });
    return { kind: 'done', text: reply.say };
  }

  function* turn(tables: Tables, who: Who, moment: Moment, page: Page, event: Taking): Work<Reply> {
    const about = event.press.about ?? '';
    const shown = page.show(about, moment, yield* gather(tables, who.workspace, page.needs(about, moment)));
    if ('refused' in shown) return { kind: 'refused', text: shown.refused };
    if ('go' in shown) return yield* answer(tables, { ...event, press: shown.go });
    return { kind: 'card', card: shown };
  }

  /** The flow that is meant, its due timers applied; or a new one of a kind. */
  function* find(tables: Tables, who: Who, { press, at, reported }: Event): Work<Target | Refused> {
    const flow = kinds.get(isFlowId(press.to) ? kindOf(press.to) : press.to);
    if (!flow) return refused(text`Offshoot knows no “${press.to}”. Try ${words('/offshoot help')}.`);
    if (!isFlowId(press.to)) {
      if (flow.open.from !== (reported ? 'messenger' : 'person') || press.input !== 'open')
        return refused(text`This cannot be started by hand.`);
      return { flow, id: undefined, state: undefined };
    }
    for (const row of yield* tables.dueFor(who.workspace, press.to, at)) yield* applyTimer(tables, row, at);
    const row = yield* tables.flow(who.workspace, press.to);
    if (!row) return refused(text`There is no ${press.to.replace('/', ' ')} in this workspace.`);
    if (flow.inputs[press.input]?.from !== 'person')
      return refused(text`This button is of an older version of Offshoot. Ask for the card again with ${words('/offshoot')}.`);
    return { flow, id: press.to, state: upgraded(flow, row) };
  }

  /** One input of a person: its form is shown, or its answers are read and the step is taken. */
  function* take(tables: Tables, who: Who, moment: Moment, target: Target, event: Taking): Work<Reply> {
    const { press, answers, given } = event;
    const found = yield* factsFor(tables, who.workspace, target, press, moment, undefined, answers?.raw);
    const facts = event.barred === undefined ? found : { ...(found as object), barred: [event.barred] };
    const shown = target.id && target.flow.inputs[press.input]?.shows?.(target.state, moment, facts, target.id);
    if (shown) return 'refused' in shown ? { kind: 'refused', text: shown.refused } : { kind: 'card', card: shown };
    const question = target.code ? undefined : ask(target, press, moment, facts);
    const about = press.about === undefined ? {} : { about: press.about };
    const bare = { type: press.input, ...about };
    if (!question) {
      const step = target.id ? target.flow.step(target.state, bare, moment, facts) : target.flow.open.start(about, moment, facts);
      return yield* settle(tables, who, moment, target, event, bare, step);
    }
    const isSealed = target.id !== undefined && target.flow.sealed?.(target.state, press.input) === true;
    // What was written on a secret ballot goes into no message, not even one to its author.
    if ('refused' in question) return { kind: 'refused', text: question.refused, ...(isSealed ? {} : typedIn(answers?.raw)) };
    const form = formOf(question, press);
    if (!answers) return { kind: 'form', form: given ? filled(form, given) : form };
    if (answers.shape !== undefined && answers.shape !== form.shape) {
      const notice = text`This form has changed since you opened it. What you had filled in is kept where it still fits: please look through it and send it again.`;
      return { kind: 'form', form: filled(form, answers.raw), notice };
    }
    const reader = yield* reading(tables, who, form, answers);
    const result = read(question.schema, answers.raw, reader);
    if ('errors' in result) return { kind: 'errors', form: filled(form, answers.raw), errors: result.errors };
    const input = { ...bare, ...result.values, ...(answers.seen === undefined ? {} : { seen: answers.seen }) };
    const step = target.id ? target.flow.step(target.state, input, moment, facts) : target.flow.open.start(result.values, moment, facts);
    return yield* settle(tables, who, moment, target, event, input, step, form, isSealed);
  }

  function* settle(
    tables: Tables,
    who: Who,
    moment: Moment,
    target: Target,
    event: Taking,
    input: { type: string },
    step: Step<unknown>,
    form?: Form,
    isSealed = false,
  ): Work<Reply> {
    if ('refused' in step) {
      const raw = event.answers?.raw;
      if (form && raw && step.at !== undefined)
        return { kind: 'errors', form: filled(form, raw), errors: { [step.at]: plain(step.refused, NOBODY, moment.zone) } };
      return { kind: 'refused', text: step.refused, ...(isSealed ? {} : typedIn(raw, form)) };
    }
    const barred = step.moves === undefined ? undefined : yield* admit(tables, who.workspace, step.moves, event.moving);
    if (barred) return { kind: 'refused', text: barred.refused };
    const linked = step.links && (yield* linkable(tables, who.workspace, step.links, moment, target.id));
    if (linked && 'refused' in linked) return { kind: 'refused', text: linked.refused };
    const id = target.id ?? flowId(target.flow.name, yield* tables.next(who.workspace, target.flow.name));
    const subject: Subject = { workspace: who.workspace, flow: target.flow, id, before: target.state };
    yield* save(tables, subject, step, moment, input);
    if (linked && !step.links?.tried) yield* link(tables, who.workspace, step.links!, linked, moment);
    const reply: StoredReply = {
      flow: id,
      say: step.say ?? words('Done.'),
      ...(step.next ? { next: step.next } : {}),
      ...(step.receipt ? { receipt: step.receipt } : {}),
    };
    yield* tables.putCause(who.workspace, { cause: event.cause, flow: id, reply: JSON.stringify(reply), at: moment.at });
    return yield* again(tables, who, moment, reply);
  }

  /** What two people being one changes, once all that is due has taken effect in what either has a part in. */
  function* linkable(tables: Tables, workspace: WorkspaceId, linked: Linked, moment: Moment, except?: FlowId) {
    for (const person of [linked.gone, linked.stays])
      for (const { id } of yield* tables.flowsNaming(workspace, person))
        for (const row of yield* tables.dueFor(workspace, id, moment.at)) yield* applyTimer(tables, row, moment.at);
    return yield* changesOf(tables, kinds, workspace, linked, moment, except);
  }

  /** The reply to a change that is made: what was said, or the next page as it reads now. */
  function* again(tables: Tables, who: Who, moment: Moment, reply: StoredReply): Work<Reply> {
    const flow = kinds.get(kindOf(reply.flow));
    const row = reply.next && flow ? yield* tables.flow(who.workspace, reply.flow) : undefined;
    if (!row || !flow || !reply.next) return { kind: 'done', text: spoken(who.workspace, reply) };
    const press: Address = { to: reply.flow, ...(typeof reply.next === 'string' ? { input: reply.next } : reply.next) };
    const target: Target = { flow, id: reply.flow, state: upgraded(flow, row) };
    const question = ask(target, press, moment, yield* factsFor(tables, who.workspace, target, press, moment));
    if (!question || 'refused' in question) return { kind: 'done', text: question?.refused ?? reply.say };
    return { kind: 'form', form: formOf(question, press) };
  }

  /** What was said, with the receipt as long as there is a key to compute it. */
  function spoken(workspace: WorkspaceId, { flow, say, receipt }: StoredReply): Text {
    const key = receipt && vault?.keyOf({ workspace, vote: flow });
    return key
      ? text`${say} Receipt ${bold(key.receipt(receipt))}: where the vote closes with a result, you find your ballot by it in the list.`
      : say;
  }

  /** Lets a timer take effect in the transaction at hand; a timer that already did is only removed. */
  function* applyTimer(tables: Tables, row: TimerRow, at: number): Work<void> {
    try {
      // The sweep may have read it before a step took it back.
      if (!(yield* tables.dropTimer(row.workspace, row.flow, row))) return;
      const cause = timerCause(row.flow, row);
      if (yield* tables.cause(row.workspace, cause)) return;
      const moment: Moment = { at, due: row.at, zone: 'UTC', head: (yield* tables.journalHead(row.workspace)).digest };
      const flow = kinds.get(isFlowId(row.target) ? kindOf(row.target) : row.target);
      if (!flow) throw new Error(`no flow is called ${row.target}`);
      const target = yield* timerTarget(tables, row, flow);
      if (!target) return;
      const press: Address = { to: row.target, input: row.input.type };
      const facts = yield* factsFor(tables, row.workspace, target, press, moment, row.input);
      const step = target.id ? flow.step(target.state, row.input, moment, facts) : flow.open.start(row.input, moment, facts);
      const reply = isSpent(row, target, step) ? SPENT : '{}';
      yield* tables.putCause(row.workspace, { cause, flow: row.flow, reply, at });
      if ('refused' in step) return yield* tellUnopened(tables, row, flow, step);
      const id = target.id ?? target.opens ?? flowId(flow.name, yield* tables.next(row.workspace, flow.name));
      yield* save(tables, { workspace: row.workspace, flow, id, before: target.state }, step, moment, row.input);
    } catch (fault) {
      throw new TimerFault(row, fault);
    }
  }

  return { handle, fire };
}

/** An event while it is taken. */
interface Taking extends Event {
  /** Workspaces for which something may be owed or due now, beside the event's own. */
  wake: Set<WorkspaceId>;
  /** Why the address among the answers is not called. */
  barred?: string;
  moving(installation: number, from: WorkspaceId, into: WorkspaceId): void;
}

interface StoredReply {
  flow: FlowId;
  say: Text;
  next?: NonNullable<Taken<unknown>['next']>;
  /** The voice whose receipt is said with it. */
  receipt?: string;
}

/** No state will ever ask for this timer again: its flow set it for itself, and what came of it wants it no more. */
function isSpent({ flow, key, at }: TimerRow, target: Target, step: Step<unknown>): boolean {
  if (target.id !== flow || 'refused' in step) return false;
  return !target.flow.timers(step.state, flow).some((timer) => timer.key === key && timer.at === at);
}

/** The free texts of a form that could not be taken, to be handed back. Without the form, what is more than one word. */
function typedIn(raw: Raw | undefined, form?: Form): { typed?: { label: string; text: string }[] } {
  const typed = Object.entries(raw ?? {}).flatMap(([key, value]) => {
    if (typeof value !== 'string' || value.trim() === '') return [];
    if (!form) return /\s/.test(value.trim()) ? [{ label: 'You wrote', text: value }] : [];
    const field = form.fields.find((one) => one.key === key);
    return field?.kind === 'text' || field?.kind === 'lines' ? [{ label: field.label, text: value }] : [];
  });
  return typed.length > 0 ? { typed } : {};
}

const ELSEWHERE = words('That code belongs to another workspace. Type it there.');

/** A refusal at a field is shown by the platforms as bare characters, and names nobody. */
const NOBODY: Names = { person: () => 'that person', channel: () => 'that channel' };

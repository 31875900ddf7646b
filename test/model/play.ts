import { existsSync, readdirSync } from 'node:fs';
import type { Scheduler } from 'fast-check';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect } from '../../adapters/store/sqlite.ts';
import { keysOf } from '../../adapters/store/vault.ts';
import { manualClock } from '../../src/clock.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { InstallationRow } from '../../src/store.ts';
import { START } from '../core/house.ts';
import { allGo } from '../flows/votes.ts';
import { Anomaly } from './anomaly.ts';
import { type Act, Committee, OPENER, type Said, type Terms } from './committee.ts';
import { copyOf, drop } from './disk.ts';
import { type Pigeon, pigeon } from './pigeon.ts';
import { openRooms, type Rooms } from './rooms.ts';
import type { Deed, Round, Story } from './story.ts';

/**
 * Plays a story through the engine on a real store, in an order that the scheduler chooses, and in the order that came of it in the
 * model; rejects with an Anomaly where they differ.
 */
export async function play({ terms, delivers, rounds }: Story, scheduler: Scheduler): Promise<void> {
  const house = new House(await furnishedFor(terms), terms, delivers, scheduler);
  try {
    await house.enter();
    for (const round of rounds) await house.round(round);
    await house.delivered();
  } finally {
    await house.leave();
    drop(house.file);
  }
}

/** Makes what stories begin with, once: what is furnished by sound code is then used by every other. */
export async function prepare(): Promise<void> {
  for (const members of [2, 3, 4, 5])
    for (const secret of [false, true]) if (members > 2 || !secret) drop(await furnishedFor({ members, secret }));
}

const DAY = 86_400_000;
const OUTSIDERS = ['x0', 'x1'];
const membersOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);

/**
 * The same committee in two workspaces, and in the other one a vote that goes on beside: what happens in the one must not be seen in the
 * other, though the numbers are the same. At home everybody has a second messenger.
 */
const furnishedFor = ({ members, secret }: Pick<Terms, 'members' | 'secret'>): Promise<string> =>
  copyOf(`${members} ${secret ? 'secret' : 'open'}`, async (file) => {
    const connection = connect(file);
    await migrate(connection);
    const install = connection.prepare('insert into installations (workspace, platform, key, name) values (?, ?, ?, ?)');
    for (const name of ['home', 'other']) connection.prepare('insert into workspaces (name, created_at) values (?, ?)').run(name, START);
    for (const [workspace, platform, key] of [
      [1, 'local', 'home'],
      [1, 'teams', 'abroad'],
      [2, 'slack', 'other'],
    ] as const)
      install.run(workspace, platform, key, key);
    const rooms = await openRooms(file, { clock: manualClock(START) });
    const people = [...membersOf(members), OPENER, ...OUTSIDERS, 'stranger'];
    let causes = 0;
    const does = async (room: InstallationRow, who: string, to: string, input: string, raw: Record<string, string>) => {
      const by = { user: who, name: who };
      const answers = { raw, picked: [...people, 'channel'] };
      const reply = await rooms.handle({
        cause: `furnishing ${++causes}`,
        installation: room,
        by,
        press: { to, input },
        at: START,
        answers,
      });
      if (reply.kind !== 'done') throw new Error(`${who} could not ${input} ${to}: ${JSON.stringify(reply)}`);
    };
    const installed = connection.prepare('select * from installations').all() as InstallationRow[];
    for (const room of [installed[0]!, installed[2]!]) {
      for (const who of people)
        await does(room, who, 'initiative', 'open', { name: `Of ${who}`, owner: who, sponsor: OPENER, channel: 'channel' });
      const committee = { name: 'Board', members: membersOf(members).join(), chair: 'm0', rule: 'majority', casting: 'false', quorum: '1' };
      await does(room, OPENER, 'body', 'open', committee);
    }
    connection.exec(
      'insert into identities (installation, user, workspace, person) select 2, user, workspace, person from identities where installation = 1',
    );
    const other = installed[2]!;
    await does(other, OPENER, 'vote', 'open', {
      ...asked({ rule: 'majority', casting: false, quorum: { count: 1 }, changes: true, secret, deadline: START + 30 * DAY }),
    });
    for (const who of membersOf(members).slice(1)) await does(other, who, 'vote/1', 'ballot', { ...allGo, roi: 'abstain' });
    await rooms.close();
    connection.close();
  });

const asked = ({ rule, casting, quorum, changes, secret, deadline }: Omit<Terms, 'members'>): Record<string, string> => ({
  initiative: 'initiative/1',
  body: 'body/1',
  channel: 'channel',
  deadline: String(deadline / 1000),
  ...(rule === 'at least 2 go' ? { rule: 'at least', least: '2' } : { rule }),
  casting: String(casting),
  quorum: 'count' in quorum ? String(quorum.count) : `${quorum.percent} %`,
  changes: String(changes),
  openness: secret ? 'secret' : 'open',
  without: 'It was reviewed on paper.',
});

/** An act that was sent, and whether it had its effect, so that it can be delivered again. */
interface Sent {
  act: Act;
  event: Event;
  took: boolean;
}

const VOTING = "('ballot', 'reasons', 'recuse', 'close', 'cancel', 'withdraw', 'deputy', 'extend')";
const ACTS = `(flow = 'vote/1' and input in ${VOTING} or flow = 'body/1' and input in ('deputy', 'no-deputy'))`;

class House {
  readonly file: string;
  readonly terms: Terms;
  readonly scheduler: Scheduler;
  readonly committee: Committee;
  readonly clock = manualClock(START);
  readonly sent: Sent[] = [];
  readonly installations = new Map<number, InstallationRow>();
  readonly pigeons: Pigeon[] | undefined;
  /** Of a secret vote: what each elector’s ballot is found by, as whoever cast it was told last. */
  readonly receipts = new Map<string, string>();
  #users = new Map<string, string>();
  #people = new Map<string, string>();
  #rooms: Rooms = undefined!;
  #causes = 0;
  #elsewhere = '';

  constructor(file: string, terms: Terms, delivers: boolean, scheduler: Scheduler) {
    this.file = file;
    this.terms = terms;
    this.scheduler = scheduler;
    this.committee = new Committee(terms, START);
    if (delivers) this.pigeons = [pigeon('local', scheduler), pigeon('teams', scheduler), pigeon('slack', scheduler)];
  }

  async enter(): Promise<void> {
    await this.#open();
    for (const row of this.#rooms.rows('select * from installations') as InstallationRow[]) this.installations.set(row.id, row);
    for (const { user, person } of this.#rooms.rows('select user, person from identities where installation = 1')) {
      this.#users.set(person, user);
      this.#people.set(user, person);
    }
    const event = this.#event(OPENER, 'home', { to: 'vote', input: 'open' }, START, asked(this.terms));
    const reply = await this.scheduler.waitFor(this.#rooms.handle(event));
    if (reply.kind !== 'done') throw new Anomaly(`the vote could not be opened: ${JSON.stringify(reply)}`);
    this.#rooms.committed();
    this.#elsewhere = this.#other();
    this.#compare('at the opening');
  }

  async #open(): Promise<void> {
    const { clock, scheduler, pigeons, installations } = this;
    this.#rooms = await openRooms(this.file, { clock, scheduler, ...(pigeons ? { pigeons, installations } : {}) });
    this.#rooms.courier?.wake();
  }

  async leave(): Promise<void> {
    await this.scheduler.waitFor(Promise.resolve(this.#rooms?.close()));
  }

  #event(who: string, from: 'home' | 'abroad', press: Event['press'], at: number, raw: Record<string, string>): Event {
    const installation = this.installations.get(from === 'home' ? 1 : 2)!;
    const cause = `cause ${++this.#causes}`;
    return { cause, installation, by: { user: who, name: who }, press, at, answers: { raw, picked: ['channel', who] } };
  }

  /** Several acts at once: all are sent before any is answered. */
  async round({ before, to, deeds, sweeps, power }: Round): Promise<void> {
    if (before === 'restart') {
      await this.leave();
      await this.#open();
    }
    const { clock, committee, terms, scheduler } = this;
    const from = to.kind === 'deadline' ? committee.deadline : to.kind === 'first deadline' ? terms.deadline : clock.now();
    const at = Math.max(clock.now(), from + to.ms);
    const sent = deeds.flatMap((deed) => this.#sentBy(deed, at));
    const fails = power && !this.pigeons;
    clock.move(at);
    this.#rooms.failOnce(fails && !sweeps);
    const sweeping = sweeps ? this.#rooms.timekeeper.sweep() : Promise.resolve();
    const replies = await scheduler.waitFor(Promise.allSettled(sent.map(({ event }) => this.#rooms.handle(event))));
    await scheduler.waitFor(sweeping);
    this.#rooms.failOnce(false);
    this.#rooms.retry();
    this.#inOrder(sent, replies, fails && !sweeps);
    clock.move(Math.max(at, ...sent.map(({ event }) => event.at)));
    await scheduler.waitFor(this.#rooms.timekeeper.sweep());
    this.#rooms.committed();
    committee.until(clock.now());
    this.#compare(`after ${JSON.stringify(sent.map(({ act, event }) => [act, event.at - terms.deadline]))}`);
  }

  /** The model is told in the order in which it was committed. */
  #inOrder(sent: readonly Sent[], replies: readonly PromiseSettledResult<Reply>[], power: boolean): void {
    for (const [index, reply] of replies.entries())
      if (reply.status === 'rejected' && !power) throw new Anomaly(`${JSON.stringify(sent[index]!.act)} failed: ${String(reply.reason)}`);
    for (const cause of this.#rooms.committed()) {
      if (cause.kind === 'event') {
        const index = sent.findIndex(({ event }) => event === cause.event);
        const reply = replies[index]!;
        if (reply.status === 'rejected') throw new Anomaly(`${JSON.stringify(sent[index]!.act)} was committed, and failed all the same`);
        this.#answered(sent[index]!, reply.value);
        // One that was sent before it was extended comes for nothing.
      } else if (cause.row.workspace === 1 && cause.row.flow === 'vote/1' && cause.row.key === 'deadline') {
        if (cause.row.at === this.committee.deadline) this.committee.until(cause.row.at);
      }
    }
  }

  /** What is delivered again is the same event, received later. */
  #sentBy(deed: Deed, now: number): Sent[] {
    const at = now + deed.skew;
    if (deed.kind === 'again') {
      const known = this.sent[deed.which];
      // What it did is known of the first delivery.
      return known ? [Object.create(known, { event: { value: { ...known.event, at } } }) as Sent] : [];
    }
    const act = this.#actOf(deed, at);
    const flow = act.kind === 'stand in' || act.kind === 'stand down' ? 'body/1' : 'vote/1';
    const about = 'of' in act ? { about: this.#people.get(act.of) ?? act.of } : {};
    const event = this.#event(act.who, deed.from, { to: flow, input: INPUTS[act.kind], ...about }, at, this.#rawOf(act));
    const seen = 'seen' in act && act.seen !== undefined ? { seen: act.seen } : {};
    const one: Sent = { act, event: { ...event, answers: { ...event.answers!, ...seen } }, took: false };
    this.sent.push(one);
    return [one];
  }

  #actOf(deed: Exclude<Deed, { kind: 'again' }>, at: number): Act {
    const { committee } = this;
    switch (deed.kind) {
      case 'ballot':
      case 'withdraw':
      case 'reasons': {
        const { of, by } = deed;
        const who =
          by === 'self'
            ? of
            : by === 'deputy'
              ? (committee.deputyOf(of, at) ?? committee.standing.find((one) => one.who === of)?.deputy ?? 'x0')
              : by;
        if (deed.kind === 'reasons') return { kind: 'reasons', who, of };
        const number = committee.papers.get(of)?.number ?? 0;
        const seen = deed.form === 'none' ? {} : { seen: deed.form === 'fresh' ? number : Math.max(0, number - 1) };
        return deed.kind === 'withdraw'
          ? { kind: 'withdraw', who, of, ...seen }
          : { kind: 'ballot', who, of, roi: deed.roi, debt: deed.debt, ...seen };
      }
      case 'deputy':
        return { kind: 'deputy', who: deed.who, deputy: deed.deputy };
      case 'stand in': {
        const from = Math.floor(at / DAY + deed.starts) * DAY;
        return { kind: 'stand in', who: deed.who, deputy: deed.deputy, from, until: from + deed.days * DAY };
      }
      case 'extend':
        return { kind: 'extend', who: deed.who, to: committee.deadline + deed.by };
      case 'recuse':
      case 'close':
      case 'cancel':
      case 'stand down':
        return { kind: deed.kind, who: deed.who };
    }
  }

  #rawOf(act: Act): Record<string, string> {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    switch (act.kind) {
      case 'ballot':
        return { ...allGo, roi: act.roi, debt: act.debt, ...(this.terms.secret ? reasonsFor(act) : {}) };
      case 'reasons':
        return { roi: 'Too dear', debt: 'Too much' };
      case 'deputy':
        return act.deputy === null ? {} : { deputy: act.deputy };
      case 'stand in':
        return { deputy: act.deputy, from: day(act.from), until: day(act.until - 1) };
      case 'extend':
        return { deadline: String(act.to / 1000), reason: 'It takes longer' };
      case 'recuse':
      case 'cancel':
        return { reason: 'I built it' };
      case 'close':
      case 'withdraw':
      case 'stand down':
        return {};
    }
  }

  #answered(one: Sent, reply: Reply): void {
    const what = JSON.stringify(one.act);
    const kind = reply.kind === 'errors' ? 'refused' : reply.kind;
    if (one.took) {
      if (kind !== 'done' && kind !== 'form') throw new Anomaly(`${what} was ${kind} when it came again`);
      return;
    }
    const expected = this.committee.take(one.act, one.event.at);
    const first = Object.hasOwn(one, 'took') ? one : (Object.getPrototypeOf(one) as Sent);
    first.took = expected !== 'refused';
    if (kind !== expected) throw new Anomaly(`${what} was ${kind}, not ${expected}: ${JSON.stringify(reply)}`);
    if (!this.terms.secret || one.act.kind !== 'ballot' || reply.kind !== 'done') return;
    const [receipt] = /[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}/.exec(JSON.stringify(reply.text)) ?? [];
    if (!receipt) throw new Anomaly(`${what} was taken without a receipt`);
    this.receipts.set(one.act.of, receipt);
  }

  /** All that can be queried must be as the model has it. */
  #compare(when: string): void {
    const { phase, outcome, closedAt, base, papers, effects, deadline, voted, quorum, named, standing } = this.committee;
    const rows = (sql: string) => this.#rooms.rows(sql);
    const user = (person: string | null) => (person === null ? null : this.#users.get(person));
    const state = JSON.parse(rows("select state from flows where workspace = 1 and id = 'vote/1'")[0].state);
    const decided = outcome !== null && outcome !== 'NO QUORUM';
    const real = {
      vote: rows('select phase, outcome, closed_at, deadline, openness from votes where workspace = 1'),
      base: rows('select person from electors where workspace = 1').map(({ person }) => user(person)),
      voted: state.voted.map(user),
      deputies: rows('select flow, person, deputy, from_at, until_at from deputies where workspace = 1').map((row) =>
        JSON.stringify({ ...row, person: user(row.person), deputy: user(row.deputy) }),
      ),
      byDeputy: (state.byDeputy ?? []).map((one: any) => `${user(one.person)} by ${user(one.deputy)}`),
      quorum: state.closed?.quorum,
      papers: this.terms.secret ? this.#turnout() : this.#papers(),
      effects: rows(`select count(*) n from journal where workspace = 1 and ${ACTS}`)[0].n,
      decisions: rows('select outcome, decided_at from decisions where workspace = 1'),
      sealed: rows('select count(*) n from sealed_ballots where workspace = 1')[0].n,
      published: rows('select choices from published_ballots where workspace = 1').map(({ choices }) => JSON.stringify(two(choices))),
    };
    const cast = voted.map((one) => papers.get(one)!);
    const isGone = this.terms.secret && phase !== 'open' && !decided;
    const expected: typeof real = {
      vote: [{ phase, outcome, closed_at: closedAt, deadline, openness: this.terms.secret ? 'secret' : 'open' }],
      base,
      // What a cancelled secret vote was is gone; who had voted stays in what it says of itself.
      voted,
      deputies: [
        ...[...named].map(([person, deputy]) => JSON.stringify({ flow: 'vote/1', person, deputy, from_at: null, until_at: null })),
        ...standing.map(({ who, deputy, from, until }) =>
          JSON.stringify({ flow: 'body/1', person: who, deputy, from_at: from, until_at: until }),
        ),
      ],
      byDeputy: voted.filter((one) => papers.get(one)!.castBy).map((one) => `${one} by ${papers.get(one)!.castBy}`),
      quorum: phase === 'closed' ? { needed: quorum, base: base.length, present: voted.length } : undefined,
      papers: isGone
        ? []
        : [...papers].map(([who, { number, choices, draft, draftBy, castAt, castBy }]) =>
            this.terms.secret ? [who, { number, cast: choices ? 1 : 0 }] : [who, { number, choices, castAt, castBy, draft, draftBy }],
          ),
      effects,
      decisions: decided ? [{ outcome, decided_at: closedAt }] : [],
      sealed: this.terms.secret && phase === 'open' ? cast.length : 0,
      published: this.terms.secret && decided ? cast.map(({ choices }) => JSON.stringify(choices)) : [],
    };
    for (const key of Object.keys(real) as (keyof typeof real)[]) {
      const [is, should] = [sorted(real[key]), sorted(expected[key])];
      if (is !== should) throw new Anomaly(`${when}: ${key} ${is} instead of ${should}`);
    }
    if (this.terms.secret) this.#compareSecret(when, decided);
    if (this.#other() !== this.#elsewhere) throw new Anomaly(`${when}: something happened in another workspace`);
  }

  #papers() {
    return this.#rooms.rows('select * from ballots where workspace = 1').map((row) => [
      this.#users.get(row.person)!,
      {
        number: row.number as number,
        choices: two(row.choices),
        castAt: row.cast_at as number | null,
        castBy: row.cast_by === null ? null : this.#users.get(row.cast_by)!,
        draft: two(row.draft),
        draftBy: row.draft_by === null ? null : this.#users.get(row.draft_by)!,
      },
    ]);
  }

  #turnout(): any[] {
    return this.#rooms
      .rows('select elector, number, "cast" from turnout where workspace = 1')
      .map(({ elector, number, cast }) => [this.#users.get(elector), { number, cast }]);
  }

  /** Everybody finds their ballot by the receipt that they were told last; and once it is over nobody can open anything. */
  #compareSecret(when: string, decided: boolean): void {
    const keys = existsSync(keysOf(this.file)) ? readdirSync(keysOf(this.file)).filter((name) => name.startsWith('1-')) : [];
    if (this.committee.phase !== 'open' && keys.length > 0) throw new Anomaly(`${when}: the key is still there`);
    if (this.#rooms.rows('select 1 from ballots where workspace = 1').length > 0) throw new Anomaly(`${when}: a ballot is readable`);
    if (!decided) return;
    const list = this.#rooms.rows('select receipt, choices from published_ballots where workspace = 1');
    for (const one of this.committee.voted) {
      const found = list.find(({ receipt }) => receipt === this.receipts.get(one));
      const cast = JSON.stringify(this.committee.papers.get(one)!.choices);
      if (!found || JSON.stringify(two(found.choices)) !== cast)
        throw new Anomaly(`${when}: ${one} does not find their ballot in the list`);
    }
  }

  #other(): string {
    return JSON.stringify([
      this.#rooms.rows('select person, number, choices, draft from ballots where workspace = 2'),
      this.#rooms.rows('select elector, number, "cast" from turnout where workspace = 2'),
      this.#rooms.rows('select hex(sealed) from sealed_ballots where workspace = 2'),
      this.#rooms.rows(`select input from journal where workspace = 2 and ${ACTS}`),
      this.#rooms.rows('select person from electors where workspace = 2'),
    ]);
  }

  /** When all is quiet, what is shown is what is wanted: one message for each surface, as it reads now. */
  async delivered(): Promise<void> {
    if (!this.pigeons) return;
    await this.scheduler.waitFor(this.#rooms.courier!.idle());
    const shown = new Map(this.pigeons.flatMap((one) => [...one.shown]));
    for (const { flow, key, card, message, retired, shown: is, wanted } of this.#rooms.rows('select * from surfaces')) {
      if (is !== wanted) throw new Anomaly(`${flow} ${key} is shown as ${is}, not ${wanted}`);
      if (card === null || (message === null && retired)) continue;
      if (JSON.stringify(shown.get(message)) !== card) throw new Anomaly(`${flow} ${key} is not shown as it is wanted`);
      shown.delete(message);
    }
    if (shown.size > 0) throw new Anomaly(`${[...shown.keys()].join(', ')} should not be there any more`);
  }
}

const INPUTS: Readonly<Record<Act['kind'], string>> = {
  ballot: 'ballot',
  reasons: 'reasons',
  withdraw: 'withdraw',
  recuse: 'recuse',
  deputy: 'deputy',
  extend: 'extend',
  close: 'close',
  cancel: 'cancel',
  'stand in': 'deputy',
  'stand down': 'no-deputy',
};

const reasonsFor = ({ roi, debt }: Said): Record<string, string> => ({
  ...(roi === 'no-go' ? { 'reason-roi': 'Too dear' } : {}),
  ...(debt === 'missing' ? { 'reason-debt': 'Too much' } : {}),
});

const sorted = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value) ?? 'nothing';

function two(json: string | null): Said | null {
  if (json === null) return null;
  const { roi, debt } = JSON.parse(json) as Said;
  return { roi, debt };
}

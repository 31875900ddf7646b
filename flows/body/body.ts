import { z } from 'zod';
import { button, type Card, facts, note, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { MAX } from '../../src/form.ts';
import { actor, type Flow, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { ChannelId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { channel, list, people, person, text, typed } from '../../src/text.ts';
import { folded } from '../rules/meant.ts';
import { type Left, leftNeed, outsideUnfit } from '../rules/fit.ts';
import { deputyQuestion, deputySurfaces, type Deputyship, endDeputy, nameDeputy, type Naming } from './deputies.ts';
import { mergedBody } from './linking.ts';
import { type Quorum, quorumOf, quorumText } from '../rules/quorum.ts';
import { choiceOf, hasTies, type Rule, type RuleChoice, RULES, ruleOf, ruleTitle } from '../rules/rule.ts';

export interface Body {
  name: string;
  members: readonly PersonId[];
  chair: PersonId;
  quorum: Quorum;
  rule: Rule;
  /** Does the chair's own vote break a tie? */
  casting: boolean;
  /** Where it meets beside the channel that a vote is opened in, as on another messenger. */
  channels?: readonly ChannelId[];
  founded: { by: PersonId; at: number };
  /** Named by members for a time. */
  deputies?: readonly Deputyship[];
}

type Input = ({ type: 'edit' } & Brief) | ({ type: 'deputy' } & Naming) | { type: 'no-deputy' } | { type: 'here' } | { type: 'not-here' };

interface Facts {
  bodies: Derived['bodies'][];
  open: Derived['votes'][];
  left?: Left;
  guests?: Left;
}

/** The quorum as people type it, here and when a vote is opened. */
export const quorumField = z
  .string()
  .refine((said) => quorumOf(said) !== undefined, 'A number of members or a share of them, please, like 3 or 60 %.')
  .meta({
    title: 'Quorum',
    kind: 'text',
    hint: 'How many must vote: a number of members or a share, like 3 or 60 %. Recused members do not count.',
  });

/** How votes are counted, here and when a vote is opened. */
export const ruleFields = {
  rule: field.choice(
    'Rule',
    Object.fromEntries([...RULES, 'at least' as const].map((rule) => [rule, ruleTitle(rule)])) as Record<RuleChoice, string>,
    { hint: 'Counts for must-haves and should-haves; what is nice to have never blocks.' },
  ),
  least: field.number('Least number of go', { hint: 'Only for the rule “a minimum number of go”, like 3.' }).optional(),
  casting: field.check('The chair’s vote breaks a tie'),
};

/** The answers of those fields as what a body or a vote keeps; a minimum without a number that fits is refused. */
export function rulesIn(
  said: { rule: RuleChoice | Rule; least?: number | undefined; casting?: boolean },
  members: number,
): { rule: Rule; casting: boolean } | Refused {
  const rule = ruleOf(said.rule, said.least);
  if (!rule || (said.rule === 'at least' && said.least! > members))
    return refused(text`A whole number from 1 to ${members}, please: so many members must say go.`, 'least');
  return { rule, casting: said.casting === true && hasTies(rule) };
}

const brief = z.object({
  name: field.name('Name', { hint: 'Like “Steering committee”.' }),
  members: field.people('Members', { hint: 'Everyone with a vote, the chair included.' }),
  chair: field.person('Chair', { hint: 'Can close votes, assigns conditions and writes the rationale.' }),
  quorum: quorumField,
  ...ruleFields,
});
type Brief = z.infer<typeof brief>;

/** A steering committee or another group that votes. */
export const body: Flow<Body, Input, Facts> = {
  name: 'body',
  version: 2,
  state: z.custom<Body>(),

  open: {
    from: 'person',
    needs: () => [{ as: 'bodies', rows: 'bodies' }, ...outside],
    question: (about, moment) => ({
      title: 'Set up a committee',
      schema: brief,
      values: { name: about || undefined, chair: moment.by, quorum: '60 %', rule: 'any no-go blocks', casting: false },
    }),
    start(said: Brief, moment, { bodies, ...facts }) {
      const wrong = unfit(said, bodies) ?? strangers(said, [], facts);
      if (wrong) return wrong;
      const rules = rulesIn(said, read(said).members.length);
      if ('refused' in rules) return rules;
      return {
        state: { ...read(said), ...rules, founded: { by: actor(moment), at: moment.at } },
        say: text`${typed(said.name)} is set up with ${read(said).members.length} members.`,
      };
    },
  },

  needs: (_, { id, input }) => [
    { as: 'bodies', rows: 'bodies' },
    { as: 'open', rows: 'votes', where: { phase: 'open', body: id } },
    ...(input === 'deputy' || input === 'edit' ? outside : []),
  ],

  inputs: {
    edit: {
      from: 'person',
      question: (state, moment) =>
        mayChange(state, moment) ?? {
          title: 'Edit the committee',
          schema: brief,
          intro: [
            text`What you change here holds for the next vote. Votes that are open keep the members and the rule they were opened with.`,
          ],
          values: { ...state, ...choiceOf(state.rule), quorum: quorumText(state.quorum) },
        },
    },
    deputy: { from: 'person', question: deputyQuestion },
    'no-deputy': { from: 'person' },
    here: { from: 'person' },
    'not-here': { from: 'person' },
  },

  step(state, input, moment, { bodies, open, ...facts }) {
    if (input.type === 'no-deputy') return endDeputy(state, moment);
    if (input.type === 'deputy') return nameDeputy(state, input, moment, facts);
    if (input.type !== 'edit') return meet(state, input.type, moment);
    const { type: _, ...said } = input;
    const barred =
      mayChange(state, moment) ??
      unfit(
        said,
        bodies.filter((one) => folded(one.name) !== folded(state.name)),
      ) ??
      strangers(said, state.members, facts);
    if (barred) return barred;
    const rules = rulesIn(said, read(said).members.length);
    if ('refused' in rules) return rules;
    return {
      state: {
        ...read(said),
        ...rules,
        ...(state.channels ? { channels: state.channels } : {}),
        founded: state.founded,
        ...(state.deputies ? { deputies: state.deputies } : {}),
      },
      say: text`Saved.${open.length > 0 && ' It holds for the next vote; open ones keep what they were opened with.'}`,
    };
  },

  surfaces: deputySurfaces,
  timers: () => [],
  records: (state, id) => [
    {
      table: 'bodies',
      row: { id, name: state.name, chair: state.chair, rule: state.rule, quorum: quorumText(state.quorum), casting: state.casting ? 1 : 0 },
    },
    ...(state.deputies ?? [])
      .filter((one) => state.members.includes(one.person))
      .map(({ person: member, deputy, from, until }) => ({
        table: 'deputies' as const,
        row: { flow: id, person: member, deputy, from_at: from, until_at: until },
      })),
    ...state.members.map((one) => ({
      table: 'members' as const,
      row: { body: id, person: one, role: one === state.chair ? ('chair' as const) : ('member' as const) },
    })),
    ...(state.channels ?? []).map((one) => ({ table: 'body_channels' as const, row: { body: id, channel: one } })),
  ],

  merged: mergedBody,

  // The chair's casting vote came with version 2.
  upgrade: { 1: (old: Omit<Body, 'casting'>): Body => ({ ...old, casting: false }) },
};

/** The card of one body, from its rows. */
export function bodyCard(row: Derived['bodies'], members: readonly Derived['members'][], places: readonly ChannelId[] = []): Card {
  return {
    title: typed(row.name),
    parts: [
      facts(
        ['Chair', person(row.chair)],
        ['Members', roster(members.map((one) => one.person))],
        ['Quorum', text`${row.quorum}`],
        ['Rule', text`${ruleTitle(row.rule as Rule)}${row.casting === 1 && '; the chair’s vote breaks a tie'}`],
      ),
      ...(places.length > 0
        ? [said(text`It also meets in ${list(places.map(channel))}: its votes and decisions are shown there, too.`)]
        : []),
      note(text`The chair and the one who set it up may edit it.`),
    ],
    buttons: [button('Edit', row.id, 'edit'), button('Try the rule', 'rule', 'show', { about: row.name })],
  };
}

/** More names than this make no card that anybody reads; the export has them all. */
const ROSTER = 50;

function roster(all: readonly PersonId[]) {
  const rest = all.length - ROSTER;
  return text`${all.length}: ${people(all.slice(0, ROSTER))}${rest > 0 && ` and ${rest} more, whom the export lists`}`;
}

/** The members with the chair among them, each once. */
function read({ name, quorum, members, chair }: Brief): Omit<Body, 'founded' | 'rule' | 'casting'> {
  return { name, chair, members: [...new Set([...members, chair])], quorum: quorumOf(quorum)! };
}

const outside = [leftNeed, { as: 'guests', rows: 'people', where: { guest: 1 } }] as const;

/** Those who cannot vote do not become members; who is one already stays until somebody takes them out. */
function strangers({ members, chair }: Brief, already: readonly PersonId[], facts: Pick<Facts, 'left' | 'guests'>): Refused | undefined {
  const isNew = (one: PersonId) => !already.includes(one);
  const [wrong] = members.filter(isNew).flatMap((one) => outsideUnfit(one, facts, 'members') ?? []);
  return wrong ?? (isNew(chair) ? outsideUnfit(chair, facts, 'chair') : undefined);
}

function unfit(said: Brief, others: Facts['bodies']) {
  if (others.some((one) => folded(one.name) === folded(said.name)))
    return refused(text`There is already a committee called ${typed(said.name)}. Please choose another name.`, 'name');
  const { members, quorum } = read(said);
  if (members.length > MAX.members)
    return refused(text`At most ${MAX.members} members, the chair among them, please: these are ${members.length}.`, 'members');
  if (quorum.kind === 'count' && quorum.count > members.length)
    return refused(text`The quorum is ${quorum.count}, but there are only ${members.length} members.`, 'quorum');
  return undefined;
}

/** A channel fewer or more that it meets in: as many as a committee has messengers, not a mailing list. */
function meet(state: Body, asked: 'here' | 'not-here', moment: Moment): Step<Body> {
  if (![...state.members, state.founded.by].includes(actor(moment)))
    return refused(text`Only a member may say where ${typed(state.name)} meets. Please ask ${person(state.chair)}.`);
  const here = moment.here?.channel;
  if (!here)
    return refused(
      text`Please type this in the channel that is meant, where Offshoot is a member: /offshoot committee ${typed(state.name)} ${HERE[asked]}`,
    );
  const others = (state.channels ?? []).filter((one) => one !== here);
  if (asked === 'not-here')
    return {
      state: { ...state, channels: others },
      say: text`${typed(state.name)} does not meet here any more. Votes that are open are still shown here until they close.`,
    };
  if (others.length >= MOST_CHANNELS)
    return refused(
      text`${typed(state.name)} meets in ${MOST_CHANNELS} channels already. Type “${HERE['not-here']}” in one that is not needed.`,
    );
  return {
    state: { ...state, channels: [...others, here] },
    say: text`${typed(state.name)} meets here, too: its next votes and their decisions are shown here as well, and whoever is a member may vote here.`,
  };
}

const MOST_CHANNELS = 4;

const HERE = { here: 'here', 'not-here': 'not here' } as const;

function mayChange(state: Body, moment: Moment) {
  if ([state.chair, state.founded.by].includes(actor(moment))) return undefined;
  return refused(text`Only the chair or the one who set it up may change ${typed(state.name)}. Please ask ${person(state.chair)}.`);
}

import { button, type Card, facts, items, note, said } from '../../src/card.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { bold, list, text, type Text, typed } from '../../src/text.ts';
import { meant } from '../rules/meant.ts';
import { needed, quorumOf } from '../rules/quorum.ts';
import { hasTies, met, type Rule, ruleWords, turning, type Turning, type Voices } from '../rules/rule.ts';

interface Facts {
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
}

/** Voices that somebody types: `3 go 1 no-go 1 abstaining 1 recused, chair go`. */
interface Trial extends Voices {
  recused: number;
}

const EXAMPLE = '/offshoot rule Steering committee 3 go 1 no-go 1 abstaining 1 recused';

/**
 * `/offshoot rule`: a dry run. A chair sees what given voices on one criterion would come to under the committee's rule, before any vote
 * is opened; nothing is recorded. Without voices it shows a few for the committee's size.
 */
export const rulePage: Page<Facts> = {
  name: 'rule',
  needs: () => [
    { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
    { as: 'members', rows: 'members' },
  ],
  show(about, _, { bodies, members }) {
    if (bodies.length === 0)
      return refused(text`There is no committee yet whose rule could be tried. Set one up first: /offshoot committee`);
    const { name, trial, unread } = read(about);
    if (unread !== undefined)
      return refused(text`“${typed(unread)}” could not be read. Write numbers and what they are, like ${EXAMPLE}, chair go`);
    const found = name === '' ? bodies : meant(name, bodies);
    if (found.length !== 1)
      return refused(
        found.length === 0
          ? text`No committee fits “${typed(name)}”. There are: ${names(bodies)}.`
          : text`Which committee? There are: ${names(found)}. For example: ${EXAMPLE}`,
      );
    const body = found[0]!;
    const size = members.filter((one) => one.body === body.id).length;
    if (!trial) return overview(body, size);
    const { go, against, abstain, recused } = trial;
    const sum = go + against + abstain + recused;
    if (sum > size)
      return refused(
        text`That is ${sum} members, but ${typed(body.name)} has ${size}. Who is in none of the numbers counts as absent. For example: ${EXAMPLE}`,
      );
    if (trial.casting && trial[trial.casting] === 0)
      return refused(
        text`The chair is one of those voices, and none of them ${CHAIR_SAYS[trial.casting]}. For example: ${EXAMPLE}, chair go`,
      );
    return trialCard(body, size, trial);
  },
};

function trialCard(body: Derived['bodies'], size: number, trial: Trial): Card {
  const { go, against, abstain, recused } = trial;
  const base = size - recused;
  const present = go + against + abstain;
  const asked = needed(quorumOf(body.quorum)!, base);
  const stands = present >= asked;
  const rule = body.rule as Rule;
  const isMet = met(rule, votes(body, trial));
  const turn = turning(rule, votes(body, trial));
  return {
    title: text`Trying the rule of ${typed(body.name)}`,
    parts: [
      said(
        stands
          ? text`${bold(isMet ? 'Met.' : 'Not met.')} A must-have with these voices ${isMet ? 'lets the vote go on to GO' : 'makes NO-GO'}; a should-have ${isMet ? 'is met' : 'becomes a condition of a GO'}.`
          : text`${bold('NO QUORUM.')} Nothing would be decided: ${asked - present === 1 ? 'one more ballot' : `${asked - present} more ballots`} would make the quorum.`,
      ),
      facts(
        ['Voices', text`${go} go, ${against} against, ${abstain} abstaining${trial.casting && `, the chair ${CHAIR_SAYS[trial.casting]}`}`],
        ['Absent', text`${base - present}`],
        recused > 0 && ['Recused', text`${recused}, out of the quorum’s base`],
        ['Quorum', text`${present} of ${base} vote, it takes ${asked}`],
        ['Rule', ruleText(body, asked, base)],
      ),
      ...(stands && turn ? [said(text`It would turn with ${turnText(turn)} saying ${isMet ? 'no-go' : 'go'} instead.`)] : []),
      note(text`A dry run: nothing is recorded. Other numbers: ${EXAMPLE}`),
    ],
  };
}

const CHAIR_SAYS = { go: 'says go', against: 'says no-go', abstain: 'abstains' } as const;

const turnText = ({ members, chair }: Turning): string =>
  members === 1 ? (chair ? 'the chair' : 'one member') : `${members} members${chair ? ', the chair among them,' : ''}`;

/** What everybody, and what just the quorum, can come to. */
function overview(body: Derived['bodies'], size: number): Card {
  const asked = needed(quorumOf(body.quorum)!, size);
  const rule = body.rule as Rule;
  const lines = [...new Set([size, Math.min(asked, size)])].map((present) => {
    const fewest = Array.from({ length: present + 1 }, (_, go) => go).find((go) => met(rule, { go, against: present - go, abstain: 0 }));
    return fewest === undefined
      ? text`With ${present} voting it cannot be met.`
      : text`With ${present} voting and nobody abstaining it takes ${fewest} go.`;
  });
  return {
    title: text`The rule of ${typed(body.name)}`,
    parts: [
      facts(['Members', text`${size}`], ['Quorum', text`${body.quorum}`], ['Rule', ruleText(body, asked, size)]),
      items(lines),
      said(text`Try any numbers, for example: ${EXAMPLE}. Where the chair’s vote breaks a tie, add “chair go” or “chair no-go”.`),
    ],
    buttons: [button('Edit the committee', body.id, 'edit')],
  };
}

function ruleText(body: Derived['bodies'], asked: number, base: number): Text {
  return text`${asked} of ${base} must vote; ${ruleWords(body.rule as Rule)}${body.casting === 1 && ' In a tie the chair’s vote decides.'}`;
}

/** The chair's word counts only where the committee wants it to break a tie. */
function votes(body: Derived['bodies'], { casting, ...voices }: Trial): Voices {
  return { ...voices, ...(casting && body.casting === 1 && hasTies(body.rule as Rule) ? { casting } : {}) };
}

const KINDS: readonly [RegExp, keyof Omit<Trial, 'casting'>][] = [
  [/^(no-?gos?|no|against|missing)$/, 'against'],
  [/^(gos?|yes|for)$/, 'go'],
  [/^(abstain(ing|ed|s)?|abstentions?)$/, 'abstain'],
  [/^(recused?|recusals?|recuse)$/, 'recused'],
];

/** The committee's name, and behind it the voices, if there are any. */
function read(about: string): { name: string; trial?: Trial; unread?: string } {
  const words = about.replaceAll(/[,;:]/g, ' ').split(/\s+/).filter(Boolean);
  const first = words.findIndex((word, index) => /^\d+$/.test(word) && kindOf(words[index + 1]) !== undefined);
  if (first < 0) return { name: words.join(' ') };
  const trial: Trial = { go: 0, against: 0, abstain: 0, recused: 0 };
  for (let index = first; index < words.length; index += 2) {
    const [count = '', kind] = [words[index], words[index + 1]];
    const meantKind = kindOf(kind);
    if (count.toLowerCase() === 'chair' && meantKind && meantKind !== 'recused') trial.casting = meantKind;
    else if (/^\d{1,3}$/.test(count) && meantKind) trial[meantKind] += Number(count);
    else if (count.toLowerCase() === 'and') index--;
    else return { name: '', unread: [count, kind].filter(Boolean).join(' ') };
  }
  return { name: words.slice(0, first).join(' '), trial };
}

const kindOf = (word = '') => KINDS.find(([reads]) => reads.test(word.toLowerCase()))?.[1];

const names = (bodies: Facts['bodies']) => list(bodies.slice(0, 12).map((one) => typed(one.name)));

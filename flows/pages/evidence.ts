import { button, type Card, note, type Part, said } from '../../src/card.ts';
import { actor, refused } from '../../src/flow.ts';
import { isFlowId } from '../../src/id.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { text, typed } from '../../src/text.ts';
import { evidenceLine } from '../evidence/cards.ts';
import { living, names, subjectOf } from '../evidence/subject.ts';
import { meant } from '../rules/meant.ts';

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  evidence?: readonly Derived['evidence'][];
}

/** How many are listed, and about how many characters they may have; a message takes no more. */
const MOST = 20;
const SPACE = 5_000;

/**
 * `/offshoot evidence churn`: the form to put something in. `churn list` (or `list churn`) shows what there is, newest first; buttons
 * go to `list initiative/3`.
 */
export const evidenceList: Page<Facts> = {
  name: 'evidence-list',
  needs(about) {
    const id = listed(about);
    if (id === undefined || !isFlowId(id)) return [{ as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] }];
    return [
      { as: 'initiatives', rows: 'initiatives', where: { id } },
      { as: 'evidence', rows: 'evidence', where: { initiative: id }, order: ['at', 'desc'], limit: MOST + 1 },
    ];
  },
  show(about, moment, { initiatives, evidence }) {
    const asked = listed(about);
    if (asked === undefined) return { go: { to: 'evidence', input: 'open', ...(about ? { about } : {}) } };
    if (evidence) {
      const [on] = initiatives;
      return on ? card(on, evidence, actor(moment)) : refused(text`There is no ${asked.replace('/', ' ')} in this workspace.`);
    }
    const alive = living(initiatives);
    // What a retired initiative rested on can still be looked up, by its name.
    const subject = subjectOf(asked, moment, meant(asked, alive).length > 0 || asked === '' ? alive : initiatives);
    if ('refused' in subject) return subject;
    if (subject.one) return { go: { to: 'evidence-list', input: 'show', about: `list ${subject.one.id}` } };
    return refused(text`Which initiative? There are: ${names(alive)}. For example: /offshoot evidence ${typed(alive[0]!.name)} list`);
  },
};

/** What is to be listed: a name, an id or nothing; undefined when no list is asked for. */
function listed(about: string): string | undefined {
  const found = /^(?:(.*) )?list$/is.exec(about) ?? /^list (.*)$/is.exec(about);
  return found ? (found[1] ?? '') : undefined;
}

function card(on: Derived['initiatives'], evidence: readonly Derived['evidence'][], reader: string): Card {
  const shown = fitting(evidence);
  return {
    title: text`Evidence on ${typed(on.name)}`,
    parts: [
      ...(shown.length === 0 ? [said(text`There is none yet.`)] : shown.flatMap((one) => partsOf(one, reader === on.owner, reader))),
      ...(shown.length < evidence.length ? [said(text`These are the newest. Older ones are in the export.`)] : []),
      ...(on.stage === 'retired' ? [] : [note(text`Put something in: /offshoot evidence ${typed(on.name)}`)]),
    ],
  };
}

function partsOf(one: Derived['evidence'], isOwner: boolean, reader: string): Part[] {
  const withdraw: Part = { kind: 'buttons', buttons: [button('Withdraw', one.id, 'withdraw')] };
  return [said(evidenceLine(one)), ...(isOwner || one.person === reader ? [withdraw] : [])];
}

/** The newest that have room. */
function fitting(evidence: readonly Derived['evidence'][]): readonly Derived['evidence'][] {
  let left = SPACE;
  const end = evidence.findIndex((one) => (left -= lengthOf(one)) < 0);
  return evidence.slice(0, Math.min(MOST, end < 0 ? MOST : end));
}

const lengthOf = (one: Derived['evidence']): number =>
  evidenceLine(one).reduce((sum, span) => sum + ('text' in span ? span.text.length : 0), 0);

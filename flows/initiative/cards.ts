import { button, type Card, facts, note, said } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { channel, minute, person, type Text, text, typed } from '../../src/text.ts';
import { descendantsOf, isAlive, offshootsOf, parentOf } from './family.ts';
import { recontextText } from './offshoot.ts';
import { STAGES, type Stage } from './stages.ts';
import type { Initiative } from './state.ts';

/** What the people of the parent see of a new offshoot. */
export function offshootCard(
  { name, owner, channel: where, recontextualized, registered, retired }: Initiative,
  id: FlowId,
  { of }: { of: string },
): Card {
  return {
    title: text`A new offshoot: ${typed(name)}`,
    parts: [
      said(
        retired
          ? text`It was retired ${minute(retired.at)}: ${typed(retired.reason)}`
          : text`${person(registered.by)} registered it as an offshoot of ${typed(of)}. It begins as a pilot of its own.`,
      ),
      facts(
        !!recontextualized && ['Changed', typed(recontextText(recontextualized))],
        ['Owner', person(owner)],
        ['Channel', channel(where)],
      ),
    ],
    buttons: [button('Show the family', 'initiatives', 'show', { about: `tree ${id}` })],
  };
}

/** The card of one initiative, from its row and those of its family. */
export function initiativeCard(row: Derived['initiatives'], all: readonly Derived['initiatives'][]): Card {
  const parent = parentOf(row, all);
  return {
    title: typed(row.name),
    parts: [
      facts(
        ['Owner', person(row.owner)],
        ['Sponsor', person(row.sponsor)],
        ['Channel', channel(row.channel)],
        ['Stage', text`${STAGES[row.stage as Stage]}`],
        !!parent && ['Offshoot of', typed(parent.name)],
        row.recontextualized !== null && ['Changed', typed(row.recontextualized)],
        ['Offshoots', aliveText(row.id, all)],
      ),
      said(text`Registered ${minute(row.registered_at)}.`),
      note(text`Owner, sponsor and the one who registered it may edit it.`),
    ],
    buttons: [
      button('Open a vote', 'vote', 'open', { style: 'primary', about: row.id }),
      ...(isAlive(row) ? [button('Register an offshoot', 'initiative', 'open', { about: `of ${row.id}` })] : []),
      ...(parent || offshootsOf(row.id, all).length > 0
        ? [button('Show the family', 'initiatives', 'show', { about: `tree ${row.id}` })]
        : []),
      button('Edit', row.id, 'edit'),
      button('Retire', row.id, 'retire', { style: 'danger' }),
    ],
  };
}

/** How many uses the model has beside its own: one of the two measures of scaling (CISR briefing 2021-12). */
function aliveText(id: FlowId, all: readonly Derived['initiatives'][]): Text {
  const alive = offshootsOf(id, all).filter(isAlive).length;
  const below = descendantsOf(id, all).filter(isAlive).length;
  return text`${alive} alive${below > alive && `, ${below} with theirs`}`;
}

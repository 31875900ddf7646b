import { button, type Card, facts, note, said } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { day, excerpt, person, type Text, text, typed } from '../../src/text.ts';
import { criterionText } from './criteria.ts';
import type { Evidence } from './evidence.ts';

/** What the owner is told when somebody else has put something in. */
export function noteCard({ initiative, criterion, says, link, put }: Evidence, id: FlowId): Card {
  return {
    title: text`Evidence on ${typed(initiative.name)}`,
    parts: [
      said(text`${person(put.by)} has put this in:`),
      said(typed(says)),
      facts(
        criterion !== undefined && (['Speaks to', text`${criterionText(criterion)}`] as const),
        link !== undefined && (['Comes from', typed(link)] as const),
      ),
      note(text`You get this because the initiative is yours. You can withdraw what does not belong there.`),
    ],
    buttons: [button('Withdraw', id, 'withdraw')],
  };
}

/** How much of what it says stands in a list; the whole is in the record. */
const GLANCE = 240;

export function evidenceLine({ at, person: by, says, link, criterion }: Derived['evidence']): Text {
  const speaks = criterionText(criterion);
  return text`${person(by)}, ${day(at)}: ${typed(excerpt(says, GLANCE))}${speaks && ` (${speaks})`}${link && text` (${typed(link)})`}`;
}

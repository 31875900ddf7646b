import { button, type Card, facts, items, note, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, minute, person, type Text, text, typed } from '../../src/text.ts';
import { ETHICS } from '../criteria/ethics.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { cancelledText, handedText } from '../rules/asked.ts';
import { dueAt } from '../rules/fit.ts';
import { type Done, type Ethics, FINDINGS, isAsking, itemsThat } from './state.ts';

/** Who answers is asked by direct message, once more at the due time; the answers are posted in the initiative's channel. */
export function ethicsSurfaces(state: Ethics, id: FlowId): readonly Surface[] {
  const { done, cancelled, asks, channel, person: who } = state;
  const by = done?.by ?? cancelled?.by;
  const surfaces: Surface[] = [{ key: 'ethics', to: channel, card: statusCard(state, id) }];
  // Who ended it themselves needs no message about it.
  if (by !== who) surfaces.push({ key: `ask ${asks}`, to: who, card: askCard(state, id), brief: true });
  if (state.reminded && isAsking(state))
    surfaces.push(nudgeOf('answers', { key: `reminder ${asks}`, to: who, card: askCard(state, id, true) }));
  if (done) surfaces.push({ key: 'result', to: channel, card: resultCard(state, done), rank: 'result' });
  return surfaces;
}

function statusCard(state: Ethics, id: FlowId): Card {
  const { initiative, done, cancelled, person: who, opened } = state;
  const now: Text = done
    ? text`${bold('Answered')} by ${person(done.by)}, ${minute(done.at)}. The answers stand below.`
    : cancelled
      ? cancelledText(cancelled)
      : text`${person(who)} is asked for the answers until ${minute(dueAt(state))}.`;
  return {
    title: text`${bold('Ethics review: ')}${typed(initiative.name)}`,
    parts: [said(now), note(text`Started by ${person(opened.by)}. It stands with the next vote once it is answered.`)],
    buttons: isAsking(state) ? [button('Cancel the review', id, 'cancel', { style: 'danger' })] : [],
  };
}

function askCard(state: Ethics, id: FlowId, isReminder = false): Card {
  const { initiative, opened, handed, cancelled, done } = state;
  const why = handed
    ? handedText(handed.by, handed.note)
    : text`${person(opened.by)} asks you, as somebody who knows the model and the people it concerns.`;
  return {
    title: text`${isReminder ? 'Still open: an' : 'An'} ethics review for you: ${typed(initiative.name)}`,
    parts: [
      ...(cancelled ? [said(text`${bold('Cancelled')}, ${minute(cancelled.at)}: ${typed(cancelled.reason)}`)] : []),
      ...(done ? [said(text`${bold('Answered')} by ${person(done.by)}.`)] : []),
      said(why),
      facts(['Due', minute(dueAt(state))], ['Questions', text`${ETHICS.length}`]),
      ...(isReminder ? [note(text`You get this once, as the one who is asked, now that the answers are due.`)] : []),
    ],
    buttons: isAsking(state) ? [button('Answer', id, 'answer', { style: 'primary' }), button('Hand on', id, 'hand-on')] : [],
  };
}

function resultCard({ initiative }: Ethics, done: Done): Card {
  const amiss = itemsThat(done, 'amiss').length;
  const unsure = itemsThat(done, 'unsure').length;
  const good = itemsThat(done, 'order').length;
  return {
    title: text`${bold('Ethics review: ')}${typed(initiative.name)}`,
    tone: amiss > 0 ? 'bad' : unsure > 0 ? 'warning' : 'good',
    parts: [
      said(
        text`${bold(`${good} of ${ETHICS.length} in order`)}${amiss > 0 && `, ${amiss} not in order`}${unsure > 0 && `, ${unsure} unsure`}. Answered by ${person(done.by)}.`,
      ),
      items(
        ETHICS.map(({ key, text: item }) => {
          const { finding, evidence } = done.answers[key]!;
          return text`${bold(FINDINGS[finding])}: ${item}.${evidence && text` ${typed(evidence)}`}`;
        }),
      ),
      ...(done.sees ? [said(text`${person(done.sees.owner)} sees to what is not in order until ${done.sees.due}.`)] : []),
      note(text`It stands with the next vote on ${typed(initiative.name)}, at “No unresolved safety or compliance issue”.`),
    ],
  };
}

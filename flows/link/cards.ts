import { button, type Card, note, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, minute, person, text } from '../../src/text.ts';
import { PLATFORMS } from '../rules/platforms.ts';
import type { Asked, Link } from './state.ts';

/** One question to whoever typed the code and, once they said yes, one to whoever got it. */
export function linkSurfaces(state: Link, id: FlowId): readonly Surface[] {
  const { asked, confirmed, by } = state;
  if (!asked) return [];
  return [
    { key: 'there', to: asked.person, card: thereCard(state, asked, id) },
    ...(confirmed === undefined ? [] : [{ key: 'here', to: by, card: hereCard(state, asked, id) }]),
  ];
}

const EFFECT = text`Then you have one ballot in each vote, and what is asked of you reaches you on the messenger that you used last. It cannot be undone.`;

function thereCard(state: Link, { theirs }: Asked, id: FlowId): Card {
  const title = text`Are you ${person(state.by)}?`;
  const where = [...new Set(theirs)].map((one) => PLATFORMS[one]).join(' and ');
  const asks = said(
    text`You typed a code that ${person(state.by)} got on ${bold(where)}. If that is you, too, confirm it here and then there.`,
  );
  if (state.ended) return state.ended.how === 'linked' ? linked(where, state.ended.at) : { title, parts: [asks, ending(state.ended)] };
  if (state.confirmed !== undefined) return { title, parts: [asks, said(text`${bold('Confirmed here')}. Now confirm it on ${where}.`)] };
  return {
    title,
    parts: [asks, said(EFFECT), note(text`If you are somebody else, refuse. You are asked until ${minute(state.until)}.`)],
    buttons: [button('That is me', id, 'confirm', { style: 'primary' }), button('Refuse', id, 'refuse')],
  };
}

function hereCard(state: Link, { person: other, platform }: Asked, id: FlowId): Card {
  const title = text`Are you ${person(other)}, too?`;
  const asks = said(text`${person(other)} on ${bold(PLATFORMS[platform])} typed your code, and says that you are one person.`);
  if (state.ended)
    return state.ended.how === 'linked' ? linked(PLATFORMS[platform], state.ended.at) : { title, parts: [asks, ending(state.ended)] };
  return {
    title,
    parts: [
      asks,
      said(EFFECT),
      note(
        text`If you did not type the code yourself, refuse: somebody else would vote in your place. You are asked until ${minute(state.until)}.`,
      ),
    ],
    buttons: [button('Link', id, 'link', { style: 'primary' }), button('Refuse', id, 'refuse')],
  };
}

/** The two have one name by now, so the question would ask for itself. */
const linked = (where: string, at: number): Card => ({
  title: text`You are one person, here and on ${where}`,
  parts: [said(text`Linked ${minute(at)}. You have one ballot in each vote and one list of what waits for you: /offshoot`)],
});

function ending({ how, at, by }: NonNullable<Link['ended']>) {
  const what = how === 'refused' ? 'Refused' : 'Nobody confirmed it in time';
  return said(text`${bold(what)}${how === 'refused' && by && text` by ${person(by)}`}, ${minute(at)}.`);
}

import { addressText, cardText } from '../../src/card.ts';
import { namesIn } from '../../src/directory.ts';
import { disclosed, type Reply } from '../../src/event.ts';
import type { Exhibition } from '../../src/exhibition.ts';
import type { FieldErrors, Form } from '../../src/form.ts';
import type { Store } from '../../src/store.ts';
import { type Names, plain, type Text } from '../../src/text.ts';
import type { WorkspaceId } from '../../src/id.ts';
import { adaptiveCard, type AdaptiveCard, plainPress } from '../teams/card.ts';
import { formCard } from '../teams/form.ts';
import { buttonsOf, type ShownMessage } from './local.ts';

/** A reply as the page shows it: cards drawn for its renderer, and everything as plain values for scripts. */
export type ShownReply =
  | { kind: 'done'; text: string }
  | { kind: 'refused'; text: string; typed: readonly { label: string; text: string }[] }
  | { kind: 'card'; text: string; card: AdaptiveCard; buttons: ShownMessage['buttons'] }
  | { kind: 'form'; form: ShownForm; notice?: string }
  | { kind: 'errors'; form: ShownForm; errors: FieldErrors };

interface ShownForm extends Pick<Form, 'title' | 'submit' | 'fields' | 'shape'> {
  intro: string[];
  seen: number | null;
  /** The address to press with the answers. */
  button: string;
  card: AdaptiveCard;
}

interface Study {
  store: Store;
  exhibition: Pick<Exhibition, 'hang'>;
}

export async function shownReply({ store, exhibition }: Study, workspace: WorkspaceId, reply: Reply, zone: string): Promise<ShownReply> {
  const names = await namesIn(store, workspace, reply);
  switch (reply.kind) {
    case 'done':
      return { kind: 'done', text: plain(disclosed(reply), names, zone) };
    case 'refused':
      return { kind: 'refused', text: plain(reply.text, names, zone), typed: reply.typed ?? [] };
    case 'card': {
      const { card } = reply;
      const frame = await exhibition.hang(workspace, card, 'svg');
      const shown = adaptiveCard(card, names, plainPress, frame);
      return { kind: 'card', text: cardText(card, names, zone), card: shown, buttons: buttonsOf(card) };
    }
    case 'form': {
      const { form, notice } = reply;
      const shown = await shownForm(store, workspace, form, names, zone, notice ? { notice } : {});
      return { kind: 'form', form: shown, ...(notice ? { notice: plain(notice, names, zone) } : {}) };
    }
    case 'errors': {
      const { form, errors } = reply;
      return { kind: 'errors', form: await shownForm(store, workspace, form, names, zone, { errors }), errors };
    }
  }
}

async function shownForm(
  store: Store,
  workspace: WorkspaceId,
  form: Form,
  names: Names,
  zone: string,
  more: { notice?: Text; errors?: FieldErrors },
): Promise<ShownForm> {
  const choices = await store.look(function* (tables) {
    return { people: yield* tables.peopleOf(workspace), channels: yield* tables.channelsOf(workspace) };
  });
  const { title, submit, fields, shape, seen } = form;
  const button = addressText(form.press);
  return {
    title,
    submit,
    fields,
    shape,
    intro: form.intro.map((one) => plain(one, names, zone)),
    seen: seen ?? null,
    button,
    card: formCard(form, { names, choices, zone, sideBySide: true, ...more }, { press: button }),
  };
}

import { element, part } from './element.ts';
import { drawnForm } from './form.ts';
import { typedBack } from './replies.ts';
import { type Form, type Place, press, type Reply, Trouble } from './wire.ts';

export interface FormDialog {
  /** Shows a form; `told` hears what became of it when that is nothing for the dialog itself. */
  open(form: Form, place: Place): void;
}

/** Forms, in a dialog: next pages and errors in place, what was typed kept, escape closes. */
export function formDialog(told: (reply: Reply, place: Place) => void): FormDialog {
  const dialog = part('dialog') as HTMLDialogElement;
  /** What was filled in and not sent, by person and form. */
  const unsent = new Map<string, Readonly<Record<string, string>>>();
  let leave = () => {};
  dialog.addEventListener('close', () => leave());

  function show(form: Form, place: Place, errors: readonly string[], values?: Readonly<Record<string, string>>): void {
    const { card, element: body } = drawnForm(form.card, values);
    const labels = errors.map((error) => form.fields.find((field) => field.key === error)?.label ?? 'the form');
    const wrong = element(
      'p',
      { class: 'trouble', role: 'alert', hidden: errors.length === 0 },
      `Please look again at: ${labels.join(', ')}.`,
    );
    const submit = element('button', { class: 'primary' }, form.submit);
    const cancel = element('button', { type: 'button', click: () => dialog.close() }, 'Cancel');
    const frame = element('form', { novalidate: true }, title(form.title, dialog), body, element('footer', {}, wrong, cancel, submit));
    const filled = () => Object.fromEntries(card.getAllInputs().map((input) => [input.id!, String(input.value ?? '')]));
    const before = JSON.stringify(filled());
    const key = `${place.as} ${form.button} ${form.shape} ${form.seen}`;
    let sent = { what: '', nonce: '' };

    frame.addEventListener('submit', (event) => {
      event.preventDefault();
      // All are asked, so that each shows what it lacks.
      const lacking = card.getAllInputs().filter((input) => !input.validateValue());
      lacking.at(0)?.focus();
      if (lacking.length === 0 && !submit.disabled) void send();
    });

    async function send(): Promise<void> {
      const values = filled();
      const what = JSON.stringify(values);
      // The same answers sent again are the same submission; changed ones are a new one.
      if (sent.what !== what) sent = { what, nonce: crypto.randomUUID() };
      submit.disabled = wrong.hidden = true;
      try {
        const { button, shape, seen } = form;
        const reply = await press({ ...place, button, nonce: sent.nonce, values, shape, ...(seen === null ? {} : { seen }) });
        unsent.delete(key);
        if (dialog.open && frame.isConnected) take(reply, place);
        else told(reply, place);
      } catch (trouble) {
        if (!(trouble instanceof Trouble)) throw trouble;
        wrong.textContent = trouble.message;
        wrong.hidden = false;
      } finally {
        submit.disabled = false;
      }
    }

    leave = () => {
      const values = filled();
      if (JSON.stringify(values) !== before || errors.length > 0) unsent.set(key, values);
    };
    dialog.replaceChildren(frame);
    if (!dialog.open) dialog.showModal();
    frame.scrollTop = 0;
    (card.getAllInputs().find((input) => input.id === errors[0]) ?? card.getAllInputs()[0])?.focus();
  }

  function take(reply: Reply, place: Place): void {
    leave = () => {};
    if (reply.kind === 'form') show(reply.form, place, []);
    else if (reply.kind === 'errors') show(reply.form, place, Object.keys(reply.errors));
    else if (reply.kind === 'refused' && reply.typed.length > 0) {
      const close = element('button', { type: 'button', class: 'primary', click: () => dialog.close() }, 'Close');
      const said = element('p', { role: 'alert' }, reply.text);
      dialog.replaceChildren(
        element('form', {}, title('Not taken', dialog), said, ...typedBack(reply.typed), element('footer', {}, close)),
      );
      close.focus();
    } else {
      dialog.close();
      told(reply, place);
    }
  }

  return {
    open: (form, place) => show(form, place, [], unsent.get(`${place.as} ${form.button} ${form.shape} ${form.seen}`)),
  };
}

function title(said: string, dialog: HTMLDialogElement): HTMLElement {
  return element(
    'header',
    {},
    element('h2', { id: 'dialog-title' }, said),
    element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', click: () => dialog.close() }, '✕'),
  );
}

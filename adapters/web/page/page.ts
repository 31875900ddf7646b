import { type ClockPanel, clockPanel } from './clock.ts';
import { composer } from './composer.ts';
import { formDialog } from './dialog.ts';
import { part } from './element.ts';
import { guide } from './guide.ts';
import { replies } from './replies.ts';
import { addressOf, linkTo, placeNow, side, titleOf } from './side.ts';
import { timeline } from './timeline.ts';
import { listen, messages, type News, type Place, press, type Reply, room as roomNow, say, Trouble } from './wire.ts';

const room = await roomNow();
let here = placeNow(room);

const nav = side(room);
const talk = timeline((address, button) => void act(address, button));
const told = replies((address, button) => void act(address, button));
const dialog = formDialog(take);
const writing = composer(room.commands, send);
const steps = guide(room.manual, (place, words) => {
  go(place);
  writing.put(words);
});
const clock: ClockPanel | undefined = room.manual ? clockPanel(room.now) : undefined;

const ABOUT: Readonly<Record<string, string>> = {
  'steering-committee': 'Where the committee votes and its decisions stand.',
  'churn-model': 'The channel of the example initiative.',
  general: 'Everybody.',
  direct: 'Between you and Offshoot; nobody else reads it.',
};

addEventListener('hashchange', () => go(placeNow(room)));
listen(hear, (there) => {
  part('line').textContent = there ? '' : 'The connection is lost. Trying again…';
  if (there) void refresh();
});
go(here);

function go(place: Place): void {
  here = place;
  if (location.hash !== linkTo(place)) history.replaceState(null, '', linkTo(place));
  const name = room.people.find((one) => one.user === place.as)!.name;
  part('here').textContent = titleOf(place.channel);
  part('about-here').textContent = ABOUT[place.channel] ?? '';
  document.title = `${titleOf(place.channel)} as ${name} · Offshoot`;
  nav.show(place);
  told.move(place.as);
  writing.move(linkTo(place), place.channel === 'direct' ? `Ask Offshoot as ${name}, or type /` : `Write as ${name}, or type /`);
  void refresh();
}

async function refresh(): Promise<void> {
  const place = here;
  try {
    const seen = await messages(place);
    // An answer for a place that was left meanwhile is late.
    if (place === here) talk.show(linkTo(place), seen);
    await steps.look();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    part('line').textContent = trouble.message;
  }
}

function hear(news: News): void {
  switch (news.kind) {
    case 'clock':
      clock?.show(news.at);
      break;
    case 'message':
      nav.heard(news.address, news.id);
      break;
    case 'gone':
      break;
  }
  if (news.kind === 'clock' || news.address === addressOf(here)) void refresh();
  else void steps.look();
}

/** Presses whose answer was lost, so that the same press again is the same to the server. */
const unanswered = new Map<string, string>();

async function act(address: string, button: HTMLButtonElement): Promise<void> {
  if (button.disabled) return;
  const place = here;
  const key = `${place.as} ${address}`;
  const nonce = unanswered.get(key) ?? crypto.randomUUID();
  unanswered.set(key, nonce);
  button.disabled = true;
  await answered(
    place,
    () => press({ ...place, button: address, nonce }),
    () => unanswered.delete(key),
    address,
  );
  button.disabled = false;
}

async function send(words: string): Promise<boolean> {
  const place = here;
  const reply = await answered(place, () => say(place, words));
  return reply !== undefined && reply.kind !== 'refused';
}

async function answered(place: Place, ask: () => Promise<Reply>, settled?: () => void, of?: string): Promise<Reply | undefined> {
  try {
    const reply = await ask();
    settled?.();
    take(reply, place, of);
    return reply;
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    told.tell(place.as, { text: trouble.message, tone: 'trouble' });
    return undefined;
  }
}

function take(reply: Reply, place: Place, of?: string): void {
  switch (reply.kind) {
    case 'form':
    case 'errors':
      return dialog.open(reply.form, place);
    case 'done':
      return told.tell(place.as, { text: reply.text });
    case 'refused':
      return told.tell(place.as, { text: reply.text, tone: 'refused', typed: reply.typed });
    case 'card':
      return told.tell(place.as, { card: reply.card, ...(of === undefined ? {} : { of }) });
    case 'said':
      return undefined;
  }
}

import { element, part } from './element.ts';
import { linkTo } from './side.ts';
import { type Message, messages, type Place } from './wire.ts';

const DISMISSED = 'offshoot first steps';

export interface Guide {
  /** Something happened: looks which step is next. */
  look(): Promise<void>;
}

interface Step {
  title: string;
  body: (Node | string)[];
}

/** What to do first, in four steps; the next one is marked as the vote goes on. Dismissed it stays away until it is asked for. */
export function guide(manual: boolean, write: (place: Place, words: string) => void): Guide {
  const frame = part('guide');
  const steps = stepsOf(manual, write);
  const rows = steps.map(({ title, body }) => element('li', {}, element('strong', {}, title), element('p', {}, ...body)));
  const dismiss = element('button', { type: 'button', class: 'quiet', click: () => show(false) }, 'Dismiss');
  frame.append(
    element('header', {}, element('h2', {}, 'What to do first'), dismiss),
    element(
      'p',
      {},
      'An initiative, “Churn model”, and a committee, “Steering committee”, are registered as examples. Play a whole vote, as everybody in turn:',
    ),
    element('ol', {}, ...rows),
  );
  part('first-steps').addEventListener('click', () => show(frame.hidden === true));

  function show(wanted: boolean): void {
    frame.hidden = !wanted;
    part('first-steps').setAttribute('aria-expanded', String(wanted));
    if (wanted) localStorage.removeItem(DISMISSED);
    else localStorage.setItem(DISMISSED, 'yes');
    if (wanted) void look();
  }

  async function look(): Promise<void> {
    if (frame.hidden) return;
    const seen = await Promise.all(['steering-committee', 'churn-model'].map((channel) => messages({ as: 'pm', channel })));
    const next = nextStep(seen.flat());
    rows.forEach((row, index) => {
      row.classList.toggle('done', index < next);
      if (index === next) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    });
  }

  const open = localStorage.getItem(DISMISSED) === null;
  frame.hidden = !open;
  part('first-steps').setAttribute('aria-expanded', String(open));
  return { look };
}

/** The buttons that can be pressed tell how far the vote has come. */
function nextStep(seen: readonly Message[]): number {
  const buttons = seen.flatMap((message) => message.buttons);
  const has = (address: RegExp) => buttons.some(({ button }) => address.test(button));
  if (has(/^cadence\/\d+ done/)) return 3;
  if (buttons.some(({ button, label }) => /^decision\/\d+ assign/.test(button) || label === 'Write the rationale')) return 2;
  if (has(/^vote\/\d+ ballot/)) return 1;
  return has(/^decision\//) ? 3 : 0;
}

function stepsOf(manual: boolean, write: (place: Place, words: string) => void): Step[] {
  const to = (as: string, channel: string, label: string) => element('a', { href: linkTo({ as, channel }) }, label);
  const committee = 'steering-committee';
  const begin = element(
    'button',
    { type: 'button', click: () => write({ as: 'pm', channel: committee }, '/go-no-go churn') },
    'Write it for me',
  );
  const members = [1, 2, 3, 4].flatMap((number) => [', ', to(`member-${number}`, committee, `Member ${number}`)]);
  return [
    {
      title: 'Open the vote',
      body: [
        'As the PM in #steering-committee, send ',
        element('code', {}, '/go-no-go churn'),
        ' and open the vote. It asks why there is no review and no readiness check yet. ',
        begin,
      ],
    },
    {
      title: 'Vote',
      body: [
        'Press “Vote” as each member: ',
        to('chair', committee, 'Chair'),
        ...members,
        '. Mark something as missing, and give your reason.',
      ],
    },
    {
      title: 'Watch the decision',
      body: [
        'With the last ballot the result and the numbered decision appear. As the ',
        to('chair', committee, 'Chair'),
        ' write the rationale and assign what is missing; its owner, the ',
        to('pm', 'direct', 'PM'),
        ', accepts it in the direct messages.',
      ],
    },
    {
      title: 'Answer the reminder',
      body: manual
        ? [
            'Move the clock on by a month and a day. The retraining reminder comes in ',
            to('pm', 'churn-model', '#churn-model'),
            '; as the PM press “Done”.',
          ]
        : [
            'In a month the retraining reminder comes in ',
            to('pm', 'churn-model', '#churn-model'),
            '. To see it now, start with ',
            element('code', {}, 'OFFSHOOT_CLOCK=manual'),
            '.',
          ],
    },
  ];
}

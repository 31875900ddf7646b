import { type Card, facts, heading, note, said } from '../../src/card.ts';
import { commandOf, type Verb } from '../../src/commands.ts';
import { refused } from '../../src/flow.ts';
import type { Page } from '../../src/page.ts';
import { text, typed, words } from '../../src/text.ts';

/** All commands, or one of them. */
export function helpPage(verbs: readonly Verb[]): Page {
  return {
    name: 'help',
    needs: () => [],
    show(about) {
      if (about === '') return everything(verbs);
      const named = about.toLowerCase().replace(/^\/(offshoot )?/, '');
      const verb = verbs.find((one) => one.name === named || one.also?.includes(named));
      return verb ? one(verb) : refused(text`There is no command “${typed(about)}”. All commands: /offshoot help`);
    },
  };
}

function everything(verbs: readonly Verb[]): Card {
  return {
    title: words('What Offshoot does'),
    parts: [
      said(text`It takes an AI initiative from pilot to a decision that everybody can reconstruct, and keeps what was scaled alive.`),
      heading('Commands'),
      facts(...verbs.map((verb) => [`${commandOf(verb)}${verb.about ? ` ${verb.about}` : ''}`, words(verb.does)] as const)),
      note(
        text`Names may be shortened: /go-no-go ch finds “Churn model”. In a thread, or where there are no slash commands, mention Offshoot with the same words, or write to it directly.`,
      ),
    ],
  };
}

function one(verb: Verb): Card {
  const also = verb.also?.length ? ` Also: ${verb.also.join(', ')}.` : '';
  return {
    title: words(`${commandOf(verb)} ${verb.about ?? ''}`.trim()),
    parts: [said(words(verb.does)), said(text`For example: ${verb.example}`), ...(also ? [note(words(also.trim()))] : [])],
  };
}

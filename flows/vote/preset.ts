import type { Moment, Refused } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { meant } from '../rules/meant.ts';

type Initiative = Derived['initiatives'];

/** What fills the opening form in advance: which question, and what was typed of initiative and subject. */
export interface Preset {
  /** The question's name; undefined where nothing was said of it. */
  question?: string;
  said: string;
}

/** `@gate initiative/3 wave 2`: no initiative can be found by such a word. */
export const presetOf = (question: string, said: string, subject?: string): string =>
  [`@${question}`, said, subject].filter(Boolean).join(' ');

export function presetIn(about: string): Preset {
  const [, question, said = ''] = /^@([a-z][a-z0-9-]*)(?: (.*))?$/s.exec(about) ?? [];
  return question === undefined ? { said: about } : { question, said };
}

/**
 * Initiative and subject from `churn wave 2`: as many words as name an initiative, and what is left. Where no beginning names one,
 * all of it is the subject for the one initiative of this channel.
 */
export function splitSaid(
  said: string,
  moment: Moment,
  alive: readonly Initiative[],
  command: string,
): { one?: Initiative; subject?: string } | Refused {
  const words = said.split(' ').filter(Boolean);
  for (let many = words.length; many > 0; many--) {
    const name = words.slice(0, many).join(' ');
    if (meant(name, alive).length === 0) continue;
    const initiative = initiativeMeant(name, moment, alive, command);
    if ('refused' in initiative) return initiative;
    const subject = words.slice(many).join(' ');
    return { ...initiative, ...(subject ? { subject } : {}) };
  }
  const here = initiativeMeant('', moment, alive, command);
  if ('refused' in here || words.length === 0) return here;
  if (here.one) return { ...here, subject: words.join(' ') };
  return initiativeMeant(said, moment, alive, command);
}

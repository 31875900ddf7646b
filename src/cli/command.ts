import type { ParseArgsConfig } from 'node:util';

/** One command of the command line. */
export interface Command {
  name: string;
  /** What follows the name, as in `<file>`, or `<what> [which]`. */
  argument?: string;
  /** One line for the list. */
  does: string;
  /** The rest, for `--help`. */
  more: string;
  options?: Readonly<Record<string, Option>>;
  example: string;
  /** What came of it, or nothing when it has said so itself. */
  run(asked: Asked, terminal: Terminal): Promise<Outcome | undefined>;
}

type Option = NonNullable<ParseArgsConfig['options']>[string] & {
  /** What it is for; a value is named in it as `<value>`. */
  does: string;
};

/** What was asked for, as it was typed. */
export interface Asked {
  /** The argument; there is one wherever the command takes one. */
  argument: string;
  /** The second argument, empty where there is none. */
  second: string;
  options: Readonly<Record<string, string | boolean | undefined>>;
  json: boolean;
}

/** Where a command finds its environment and says what it has to say. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
}

/** What came of it: sentences for people, and the same as one object for scripts. */
export interface Outcome {
  /** False when a fault was found: exit status 1. */
  ok: boolean;
  lines: readonly string[];
  facts: Readonly<Record<string, unknown>>;
}

/** It was asked for in a way that cannot be meant: exit status 2. */
export class WrongUse extends Error {}

/** It cannot be done as things are; the sentence says what to do: exit status 1. */
export class Trouble extends Error {}

export const outcome = (ok: boolean, lines: readonly string[], facts: Outcome['facts'] = {}): Outcome => ({ ok, lines, facts });

/** `3 votes`, `1 vote` */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

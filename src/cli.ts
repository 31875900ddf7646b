import { parseArgs, type ParseArgsConfig } from 'node:util';
import { commands } from './cli/commands.ts';
import { type Asked, type Command, type Outcome, type Terminal, WrongUse } from './cli/command.ts';
import { helpOn } from './cli/help.ts';
import { troubleOf } from './cli/trouble.ts';
import { version } from './version.ts';

/** Runs one command; resolves to the exit status: 0 good, 1 a fault was found, 2 wrong use. */
export async function run(args: readonly string[], terminal: Terminal = standard): Promise<number> {
  const json = args.includes('--json');
  try {
    const [name = 'help', ...rest] = args;
    if (name === '--version' || name === '-v') return said(terminal, json, { ok: true, lines: [version], facts: { version } });
    const command = commandCalled(name);
    const asked = understood(command, rest);
    if (asked === 'help') return said(terminal, json, helpOn(command, commands));
    return said(terminal, json, await command.run(asked, terminal));
  } catch (fault) {
    const trouble = troubleOf(fault);
    if (!trouble) throw fault;
    if (json) terminal.out(JSON.stringify({ ok: false, fault: trouble.says }));
    else terminal.err(trouble.says);
    return trouble.status;
  }
}

const standard: Terminal = {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
};

function said(terminal: Terminal, json: boolean, came: Outcome | undefined): number {
  if (!came) return 0;
  const { ok, lines, facts } = came;
  if (json) terminal.out(JSON.stringify({ ok, ...facts }));
  else for (const line of lines) terminal.out(line);
  return ok ? 0 : 1;
}

function commandCalled(name: string): Command {
  const found = commands.find((one) => one.name === name || (one.name === 'help' && (name === '--help' || name === '-h')));
  if (found) return found;
  const names = commands.map((one) => one.name).join(', ');
  throw new WrongUse(`Offshoot knows no command “${name}”. There are ${names}. For example: npx offshoot start`);
}

function understood(command: Command, args: string[]): Asked | 'help' {
  const own = Object.entries(command.options ?? {}).map(([name, { does: _, ...option }]) => [name, option] as const);
  const options: ParseArgsConfig['options'] = {
    ...Object.fromEntries(own),
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  const { values, positionals } = parsed(command, args, options);
  if (values.help) return 'help';
  const [argument, second = ''] = positionals;
  const spare = positionals[command.argument?.split(' ').length ?? 0];
  if (spare !== undefined) throw misused(command, `does not take “${spare}”`);
  if (argument === undefined && command.argument?.startsWith('<')) throw misused(command, `needs ${command.argument.split(' ')[0]}`);
  return { argument: argument ?? '', second, options: values, json: values.json === true };
}

function parsed(command: Command, args: string[], options: ParseArgsConfig['options']) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (fault) {
    const { message } = fault as Error;
    throw misused(command, `was not understood: ${message.split('. ')[0]}`);
  }
}

const misused = ({ name, example }: Command, why: string): WrongUse =>
  new WrongUse(`offshoot ${name} ${why}. For example: ${example}   More: npx offshoot help ${name}`);

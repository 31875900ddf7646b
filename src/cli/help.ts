import { type Command, outcome, type Outcome, WrongUse } from './command.ts';

/** `offshoot help`, which knows all commands, itself among them. */
export function helpWith(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    argument: '[command]',
    does: 'Shows all commands, or one.',
    more: 'The same as --help after the command.',
    example: 'npx offshoot help backup',
    async run({ argument }) {
      if (argument === '') return overview(commands());
      const found = commands().find((one) => one.name === argument);
      if (found) return helpOn(found, commands());
      const names = commands().map((one) => one.name);
      throw new WrongUse(`Offshoot knows no command “${argument}”. There are ${names.join(', ')}. For example: npx offshoot help start`);
    },
  };
}

export function helpOn(command: Command, commands: readonly Command[]): Outcome {
  if (command.name === 'help') return overview(commands);
  const options = Object.entries(command.options ?? {}).map(([name, { does }]) => [`--${name}${valueIn(does)}`, does] as const);
  const all = [...options, ['--json', 'One JSON object instead of sentences.'] as const];
  const lines = [
    `npx offshoot ${usage(command)}`,
    '',
    command.does,
    command.more,
    '',
    ...all.map(([name, does]) => `  ${name.padEnd(22)}${does}`),
    '',
    `For example: ${command.example}`,
  ];
  return outcome(true, lines, { command: command.name, usage: usage(command), does: command.does, example: command.example });
}

function overview(commands: readonly Command[]): Outcome {
  const lines = [
    'Offshoot runs go/no-go votes, decisions and reminders in Slack, Microsoft Teams and the browser.',
    '',
    ...commands.map((command) => `  npx offshoot ${usage(command).padEnd(18)}${command.does}`),
    '',
    'Each takes --json and --help. Exit status: 0 good, 1 a fault was found, 2 wrong use.',
    'Settings come from environment variables or a .env file; .env.example lists them, docs/operator.md explains them.',
  ];
  return outcome(true, lines, { commands: commands.map(({ name, does, example }) => ({ name, does, example })) });
}

const usage = ({ name, argument }: Command): string => (argument ? `${name} ${argument}` : name);

/** The value that an option's description names: ` <file>`. */
const valueIn = (does: string): string => {
  const found = /<[a-z]+>/.exec(does);
  return found ? ` ${found[0]}` : '';
};

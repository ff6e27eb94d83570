import { Command, CommanderError } from 'commander';
import { UsageError } from './usage-error.ts';

/** A command: its summary is known without loading it, so that `pack --help` answers at once. */
type CommandEntry = {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(program: Command) => void>;
};

const commands: readonly CommandEntry[] = [
  {
    name: 'generate',
    summary: 'write rules, workbooks, playbooks and templates from the definitions and pack.config.yaml',
    load: async () => (await import('./commands/generate.ts')).registerGenerate,
  },
  {
    name: 'check',
    summary: 'check the generated content as Sentinel and its repository would',
    load: async () => (await import('./commands/check.ts')).registerCheck,
  },
  {
    name: 'query',
    summary: 'run KQL over log files',
    load: async () => (await import('./commands/query.ts')).registerQuery,
  },
  {
    name: 'replay',
    summary: "run the generated rules over logs as Sentinel's scheduler would",
    load: async () => (await import('./commands/replay.ts')).registerReplay,
  },
  {
    name: 'test',
    summary: 'replay the scenarios of the rules and show how far each is from its threshold',
    load: async () => (await import('./commands/test.ts')).registerTest,
  },
  {
    name: 'sample',
    summary: 'generate a month of sample logs with labelled attacks in it',
    load: async () => (await import('./commands/sample.ts')).registerSample,
  },
  {
    name: 'mutate',
    summary: 'change each rule in small ways and list the changes that no scenario notices',
    load: async () => (await import('./commands/mutate.ts')).registerMutate,
  },
  {
    name: 'calibrate',
    summary: "try a rule's parameters over labelled logs and recommend values",
    load: async () => (await import('./commands/calibrate.ts')).registerCalibrate,
  },
  {
    name: 'measure',
    summary: 'replay the rules over labelled months: recall, precision, delay, false alarms and their causes',
    load: async () => (await import('./commands/measure.ts')).registerMeasure,
  },
  {
    name: 'support',
    summary: 'list what the KQL engine supports; check or write docs/kql-support.md',
    load: async () => (await import('./commands/support.ts')).registerSupport,
  },
];

/** A program of its own for each call, so that a process may run several commands. */
function createProgram(): Command {
  return new Command('pack')
    .description('Detection content for Microsoft Sentinel that protects APIs: generate, check, query, replay.')
    .usage('<command> [options]')
    .addHelpText(
      'after',
      '\nExample:\n  npm run -s pack -- generate --check\n  npm run -s pack -- check --format sarif',
    )
    .exitOverride();
}

/** Runs one command. Sets the exit code of the process: 0 done, 1 findings (set by the command), 2 wrong use. */
export async function runPack(given: readonly string[]): Promise<void> {
  try {
    await runCommand(given);
  } catch (error) {
    endWith(error);
  }
}

async function runCommand(given: readonly string[]): Promise<void> {
  const program = createProgram();
  const args = given[0] === 'help' && given[1] !== undefined ? [given[1], '--help'] : given;
  const named = commands.find(({ name }) => name === args[0]);
  if (named === undefined) {
    for (const { name, summary } of commands) {
      program.command(name).description(summary);
    }
  } else {
    const register = await named.load();
    register(program);
    // A command is made with its parent's settings only if it is made by its parent.
    program.commands.forEach((command) => {
      command.exitOverride();
    });
  }
  await program.parseAsync(args, { from: 'user' });
}

function endWith(error: unknown): void {
  if (error instanceof CommanderError) {
    // Commander has printed its message; help and version are no mistakes.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError) {
    console.error(`error: ${error.message}\n  ${error.hint}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}

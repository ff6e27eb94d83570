export type CommandOutcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

/**
 * Runs a command of `pack` in this process, as scripts/pack.ts would in one of its own, which costs a start and a
 * compilation of everything each time.
 */
export async function runPackHere(...args: readonly string[]): Promise<CommandOutcome> {
  // Loaded as commands are, at run time: mocha gives what a test names at its top an instance of its own.
  const { runPack } = await import('../scripts/run-pack.ts');
  const before = process.exitCode;
  const written = { stdout: '', stderr: '' };
  const restores = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const { write } = stream;
    stream.write = ((part: string) => {
      written[name] += part;
      return true;
    }) as typeof write;
    return () => {
      stream.write = write;
    };
  });
  process.exitCode = 0;
  try {
    await runPack(args);
    return { status: Number(process.exitCode), ...written };
  } finally {
    process.exitCode = before;
    for (const restore of restores) restore();
  }
}

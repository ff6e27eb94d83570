import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** What `npm test` runs, in order; every step runs even if one before it failed, so that one run shows all that is wrong. */
const steps: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'type check', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'pack generate --check', command: ['tsx', 'scripts/pack.ts', 'generate', '--check'] },
  { name: 'pack check', command: ['tsx', 'scripts/pack.ts', 'check'] },
  { name: 'pack support --check', command: ['tsx', 'scripts/pack.ts', 'support', '--check'] },
  { name: 'pack mutate --check', command: ['tsx', 'scripts/pack.ts', 'mutate', '--check'] },
  { name: 'main job (npm start)', command: ['tsx', 'scripts/start.ts'] },
  { name: 'tests', command: ['mocha', '--parallel', '--jobs', testProcesses(), 'test/**/*.test.ts'] },
];

/** One test file a core at a time; on a single core still two, since tests wait for processes that they start. */
function testProcesses(): string {
  return String(Math.max(2, availableParallelism()));
}

type Outcome = { readonly code: number; readonly output: string };

/** Runs one step from node_modules/.bin; its output is shown and kept, since mocha's counts are read from it. */
function run([program, ...args]: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(join('node_modules', '.bin', program as string), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      process.stdout.write(data);
    });
    child.stderr.on('data', (data: Buffer) => process.stderr.write(data));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const countOf = (output: string, word: string): number =>
  Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);

async function main(): Promise<void> {
  let passed = 0;
  let failed = 0;
  for (const { name, command } of steps) {
    console.log(`\n── ${name}`);
    const { code, output } = await run(command);
    const isTests = command[0] === 'mocha';
    const passing = isTests ? countOf(output, 'passing') : 0;
    const failing = isTests ? countOf(output, 'failing') : 0;
    passed += isTests ? passing : code === 0 ? 1 : 0;
    failed += Math.max(failing, code === 0 ? 0 : 1);
    if (isTests && passing === 0 && code === 0) failed++;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();

import { runPack } from './run-pack.ts';

// `pack … | head` closes the pipe early; that is the reader's wish and no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit();
});

await runPack(process.argv.slice(2));

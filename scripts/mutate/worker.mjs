// A worker thread starts without the loader that lets the main thread import TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./judge-worker.ts');

import type { Plugin } from '../plugin.ts';

/** Every plugin of the evaluate operator that the engine runs. */
export const plugins: readonly Plugin[] = [];

import type { AttackLabel } from '../labels.ts';
import type { ApiRequest } from '../request.ts';

/** What an attack adds to the traffic, and what must be said about it. */
export type Injection = { readonly requests: readonly ApiRequest[]; readonly label: AttackLabel };

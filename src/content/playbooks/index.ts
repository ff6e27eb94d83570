import type { PlaybookDefinition } from '../define-playbook.ts';
import { containAttackerAddress } from './contain-attacker-address.ts';

/** Every playbook of the pack. */
export const playbooks: readonly PlaybookDefinition[] = [containAttackerAddress];

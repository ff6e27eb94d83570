import type { Tactic } from '../tables/attack-tactics.ts';

/**
 * The ATT&CK techniques that detections on APIs use, with the tactics that each serves (attack.mitre.org, Enterprise).
 * Sub-techniques serve their technique's tactics. A technique that is missing here is refused: add its row.
 */
export const techniqueTactics: Readonly<Record<string, readonly Tactic[]>> = {
  T1030: ['Exfiltration'],
  T1041: ['Exfiltration'],
  T1046: ['Discovery'],
  T1048: ['Exfiltration'],
  T1056: ['Collection', 'CredentialAccess'],
  T1059: ['Execution'],
  T1068: ['PrivilegeEscalation'],
  T1071: ['CommandAndControl'],
  T1078: ['DefenseEvasion', 'Persistence', 'PrivilegeEscalation', 'InitialAccess'],
  T1083: ['Discovery'],
  T1087: ['Discovery'],
  T1090: ['CommandAndControl'],
  T1098: ['Persistence', 'PrivilegeEscalation'],
  T1102: ['CommandAndControl'],
  T1110: ['CredentialAccess'],
  T1119: ['Collection'],
  T1190: ['InitialAccess'],
  T1199: ['InitialAccess'],
  T1203: ['Execution'],
  T1210: ['LateralMovement'],
  T1211: ['DefenseEvasion'],
  T1212: ['CredentialAccess'],
  T1213: ['Collection'],
  T1485: ['Impact'],
  T1489: ['Impact'],
  T1496: ['Impact'],
  T1498: ['Impact'],
  T1499: ['Impact'],
  T1505: ['Persistence'],
  T1526: ['Discovery'],
  T1528: ['CredentialAccess'],
  T1530: ['Collection'],
  T1531: ['Impact'],
  T1550: ['DefenseEvasion', 'LateralMovement'],
  T1552: ['CredentialAccess'],
  T1562: ['DefenseEvasion'],
  T1565: ['Impact'],
  T1567: ['Exfiltration'],
  T1578: ['DefenseEvasion'],
  T1580: ['Discovery'],
  T1589: ['Reconnaissance'],
  T1590: ['Reconnaissance'],
  T1592: ['Reconnaissance'],
  T1594: ['Reconnaissance'],
  T1595: ['Reconnaissance'],
};

export type TechniqueId = `T${number}` | `T${number}.${number}`;

/** Techniques by the tactic they are used for; a tactic may stand without a technique. */
export type AttackMapping = { readonly [tactic in Tactic]?: readonly TechniqueId[] };

/** `T1562.007` is a way of doing `T1562`. */
export function parentTechnique(technique: string): string {
  return technique.split('.')[0] ?? technique;
}

export type OwaspItem = `API${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}:${2019 | 2023}`;

import type { MonthLabel } from '../../data/generator/families/attack-family.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';
import type { RuleReplay } from '../../src/replay/replay-result.ts';
import type { MatchedDetection } from './match-alerts.ts';
import type { MeasuredMonth } from './measured-month.ts';

/** How one rule did over one month. */
export type RuleScore = {
  readonly slug: string;
  readonly runs: number;
  readonly failedRuns: number;
  readonly alerts: number;
  readonly incidents: number;
  /** Detections that labelled attacks must lead to, and how many of them did. */
  readonly expected: number;
  readonly found: number;
  readonly falseAlarms: number;
  /** Incidents of false alarms only. */
  readonly falseIncidents: number;
  /** From the first sign of an attack to the rule's first alert on it, an entry for each attack, ascending. */
  readonly delaysMs: readonly number[];
};

/** One labelled attack and what its family's rule made of it. */
export type AttackScore = {
  readonly attack: MonthLabel;
  readonly outcome: 'detected' | 'missed' | 'quiet' | 'contradicted';
  /** The first alert of the family's rule. */
  readonly alert: Alert | undefined;
  readonly delayMs: number | undefined;
  /** Detections by other rules that the attack must lead to, and how many of them did. */
  readonly others: { readonly expected: number; readonly found: number };
};

/** Every rule of the month, in the order of the replay. */
export function scoreRules(month: MeasuredMonth): readonly RuleScore[] {
  const attacks = scoreAttacks(month);
  return month.result.rules.map((rule) => scoreRule(rule, month, attacks));
}

function scoreRule(rule: RuleReplay, { matched }: MeasuredMonth, attacks: readonly AttackScore[]): RuleScore {
  const { slug } = rule.rule;
  const detections = matched.detections.filter(({ expected }) => expected.rule === slug);
  const falseAlarms = new Set(matched.falseAlarms.map(({ alert }) => alert.id));
  return {
    slug,
    runs: rule.runs.length,
    failedRuns: rule.runs.filter(({ status }) => status === 'failed').length,
    alerts: rule.alerts.length,
    incidents: rule.incidents.length,
    expected: detections.length,
    found: detections.filter(({ alert }) => alert !== undefined).length,
    falseAlarms: rule.alerts.filter(({ id }) => falseAlarms.has(id)).length,
    falseIncidents: rule.incidents.filter(({ alerts }) => alerts.every(({ id }) => falseAlarms.has(id))).length,
    delaysMs: attacks
      .flatMap(({ attack, delayMs }) => (attack.rule === slug && delayMs !== undefined ? [delayMs] : []))
      .sort((a, b) => a - b),
  };
}

/** Every labelled attack of the month, by family and in the order of time. */
export function scoreAttacks({ labels, matched }: MeasuredMonth): readonly AttackScore[] {
  return labels.attacks.map((attack) => {
    const ofAttack = matched.detections.filter((one) => one.attack === attack);
    const own = ofAttack.filter(({ expected }) => expected.rule === attack.rule);
    const others = ofAttack.filter(({ expected }) => expected.rule !== attack.rule);
    const contradiction = matched.contradictions.find((one) => one.attack === attack);
    const alert = contradiction?.alert ?? firstAlert(own);
    return {
      attack,
      outcome: outcomeOf(attack, own, contradiction),
      alert,
      delayMs: alert === undefined ? undefined : alert.createdMs - Date.parse(eventOf(attack)),
      others: { expected: others.length, found: others.filter((one) => one.alert !== undefined).length },
    };
  });
}

/** Every one of the attack's own detections must have its alert, not only the first. */
function outcomeOf(
  attack: MonthLabel,
  own: readonly MatchedDetection[],
  contradiction: MatchedDetection | undefined,
): AttackScore['outcome'] {
  if (contradiction !== undefined) {
    return 'contradicted';
  }
  if (attack.threshold === 'below') {
    return 'quiet';
  }
  return own.every(({ alert }) => alert !== undefined) ? 'detected' : 'missed';
}

function firstAlert(detections: readonly MatchedDetection[]): Alert | undefined {
  return detections
    .flatMap(({ alert }) => alert ?? [])
    .reduce<Alert | undefined>(
      (first, one) => (first === undefined || one.createdMs < first.createdMs ? one : first),
      undefined,
    );
}

/** A rule that follows single events can know of an attack only when its event is there. */
function eventOf({ expected, rule, startsAt }: MonthLabel): string {
  return expected.find((one) => one.rule === rule)?.eventAt ?? startsAt;
}

import type { MonthLabel, ThresholdLevel } from '../../data/generator/families/attack-family.ts';
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

/** How many attacks of a family lie so by the threshold of its rule, and how many of them ended as labelled. */
export type LevelScore = { readonly attacks: number; readonly asLabelled: number };

/** How one family's attacks ended: detected above the threshold and at it, and quiet below it. */
export type FamilyScore = {
  readonly family: string;
  readonly slug: string;
  readonly levels: Readonly<Record<ThresholdLevel, LevelScore>>;
};

/** Every family of the month, by name. */
export function scoreFamilies(month: MeasuredMonth): readonly FamilyScore[] {
  const attacks = scoreAttacks(month);
  const rules = new Map(attacks.map(({ attack }) => [attack.family, attack.rule]));
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, slug]) => {
      const ofFamily = attacks.filter(({ attack }) => attack.family === family);
      const levels = { above: scoreLevel(ofFamily, 'above'), at: scoreLevel(ofFamily, 'at') };
      return { family, slug, levels: { ...levels, below: scoreLevel(ofFamily, 'below') } };
    });
}

function scoreLevel(attacks: readonly AttackScore[], level: ThresholdLevel): LevelScore {
  const there = attacks.filter(({ attack }) => attack.threshold === level);
  const asLabelled = there.filter(({ outcome }) => outcome === 'detected' || outcome === 'quiet').length;
  return { attacks: there.length, asLabelled };
}

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

/** Every labelled attack that a measured rule is there for, in the order of time. */
export function scoreAttacks({ labels, matched, result }: MeasuredMonth): readonly AttackScore[] {
  const slugs = new Set(result.rules.map(({ rule }) => rule.slug));
  const attacks = labels.attacks.filter(({ rule }) => slugs.has(rule));
  return attacks.map((attack) => {
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

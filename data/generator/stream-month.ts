import { AttackCourse } from './attack-course.ts';
import { activityRows } from './azure-activity.ts';
import { CarriedRequests } from './carried-requests.ts';
import type { BenignEvent } from './events/benign-event.ts';
import { GeneratorError } from './generator-error.ts';
import { InjectionLedger } from './ledger/injection-ledger.ts';
import { TrafficCensus } from './ledger/traffic-census.ts';
import { TrafficLedger } from './ledger/traffic-ledger.ts';
import { countWindow } from './ledger/window-facts.ts';
import { byStart, eventLabel, type MonthLabels } from './month-labels.ts';
import type { MonthPlan } from './months/month-plan.ts';
import { type Random, seededRandom } from './random.ts';
import type { ApiRequest } from './request.ts';
import type { Row } from './row.ts';
import { otherDefenderAlerts, month as sampleSpan } from './sample-month.ts';
import { securityAlertRows } from './security-alerts.ts';
import { formatTime, windowsIn } from './time-window.ts';
import { conditionsOf } from './traffic/conditions.ts';
import { createPopulation } from './traffic/population.ts';
import type { TrafficSource } from './traffic/traffic-source.ts';
import { usualSources } from './traffic/usual-sources.ts';
import { type FirewallTransaction, inspectRequests } from './waf/inspect-requests.ts';
import type { PolicyChange } from './waf/policy-history.ts';

export type StreamOptions = {
  /** A whole number of 32 bits; the same seed and scale give the same month to the byte. */
  readonly seed: number;
  /** Traffic as a share of the full size; attacks keep the size that their intensity asks for. */
  readonly scale: number;
};

/** A window of 20 minutes as the logs hold it: what reached API Management and what the firewall saw, by time. */
export type MonthWindow = {
  readonly startMs: number;
  readonly requests: readonly ApiRequest[];
  readonly transactions: readonly FirewallTransaction[];
};

/** A month in the making. */
export type MonthStream = {
  readonly random: Random;
  readonly policy: readonly PolicyChange[];
  /** The windows in order; to be read once. */
  readonly windows: Iterable<MonthWindow>;
  /** Tables that are small. */
  readonly securityAlerts: readonly Row[];
  readonly azureActivity: readonly Row[];
  /**
   * Known when the last window has been read.
   * @throws GeneratorError `bad-input` before that.
   */
  readonly labels: () => MonthLabels;
};

/**
 * Makes a month window by window in the memory of one: usual sources and events first, then the attacks, which are
 * measured out against what the month holds so far. The firewall stands before API Management, and labels are judged by
 * counts of what passed it.
 *
 * @throws GeneratorError `bad-seed`, or `bad-input` for a scale that is none.
 */
export function streamMonth(plan: MonthPlan, options: StreamOptions): MonthStream {
  const random = seededRandom(options.seed).fork(plan.name);
  const planned = plan.families.flatMap((family) =>
    family
      .attacks(random.fork(`attacks/${family.name}`), plan.span)
      .map((attack) => ({ family, attack, random: random.fork(`attack/${family.name}/${attack.name}`) })),
  );
  const attacks = planned.map(({ family, attack, random: draws }) => new AttackCourse(family, attack, draws));
  const policy = policyOf([...plan.events, ...planned.map(({ attack }) => attack)]);
  const alerts = [...plan.events, ...planned.map(({ attack }) => attack)].flatMap(
    ({ defenderAlerts = [] }) => defenderAlerts,
  );
  const injections = new InjectionLedger();
  const census = new TrafficCensus();
  let isOver = false;
  function* windows(): Generator<MonthWindow> {
    yield* windowsOf({ plan, options, random, attacks, policy, injections, census });
    isOver = true;
  }
  return {
    random,
    policy,
    windows: windows(),
    securityAlerts: securityAlertRows(random.fork('alerts'), [...movedInto(plan), ...alerts]),
    azureActivity: activityRows(random.fork('activity'), plan.span, policy),
    labels() {
      if (!isOver) {
        throw new GeneratorError('bad-input', 'the month is not over yet', 'Read its windows to the last one first.');
      }
      return labelsOf(plan, options, {
        traffic: census.total(),
        attacks: attacks.map((attack) => attack.label(injections, plan.families)).sort(byStart),
        events: plan.events.map(eventLabel),
      });
    },
  };
}

function labelsOf(
  { name, span }: MonthPlan,
  { seed, scale }: StreamOptions,
  happened: Pick<MonthLabels, 'traffic' | 'attacks' | 'events'>,
): MonthLabels {
  return { month: name, seed, scale, from: formatTime(span.fromMs), until: formatTime(span.untilMs), ...happened };
}

type Making = {
  readonly plan: MonthPlan;
  readonly options: StreamOptions;
  readonly random: Random;
  readonly attacks: readonly AttackCourse[];
  readonly policy: readonly PolicyChange[];
  readonly injections: InjectionLedger;
  readonly census: TrafficCensus;
};

function* windowsOf({ plan, options, random, attacks, policy, injections, census }: Making): Generator<MonthWindow> {
  const { events, families, span } = plan;
  const population = createPopulation(random.fork('population'), options.scale);
  const sources = [...usualSources(population), ...events.flatMap(({ source }) => source?.(population) ?? [])];
  const conditions = conditionsOf(
    options.scale,
    events.flatMap(({ factor }) => factor ?? []),
    events.flatMap(({ troubles }) => troubles ?? []),
  );
  const carried = new CarriedRequests();
  const ledger = new TrafficLedger();
  for (const startMs of windowsIn(span)) {
    emitAll(sources, { startMs, random, conditions }, carried);
    const usual = inspectRequests(carried.take(startMs), policy);
    const active = attacks.filter((attack) => attack.isActiveIn(startMs));
    const window = { startMs, ledger, usual: active.length > 0 ? countWindow(usual.passed) : noFacts };
    const sent = active.map((attack) => attack.send(window, policy));
    const requests = inOrder([usual.passed, ...sent.map(({ passed }) => passed)], ({ atMs }) => atMs);
    const transactions = inOrder(
      [usual.transactions, ...sent.map((one) => one.transactions)],
      ({ request }) => request.atMs,
    );
    const facts = ledger.record(startMs, requests);
    injections.record(transactions);
    census.record(requests);
    for (const [index, attack] of active.entries()) {
      attack.judgeWindow({ startMs, touched: sent[index]?.passed ?? [], facts, ledger }, families);
    }
    yield { startMs, requests, transactions };
  }
}

const noFacts = { calls: new Map(), parameters: new Map() };

type Emission = {
  readonly startMs: number;
  readonly random: Random;
  readonly conditions: ReturnType<typeof conditionsOf>;
};

function emitAll(
  sources: readonly TrafficSource[],
  { startMs, random, conditions }: Emission,
  { add }: CarriedRequests,
): void {
  for (const source of sources) {
    source.emit({ startMs, random: random.fork(`${source.name}/${startMs}`), conditions, add });
  }
}

/** By time; the sort is stable, so that equal times stay in the order of the lists. */
function inOrder<T>(lists: readonly (readonly T[])[], timeOf: (item: T) => number): T[] {
  return lists.flat().sort((a, b) => timeOf(a) - timeOf(b));
}

/** The history of the firewall's policy, oldest first. */
function policyOf(parts: readonly Pick<BenignEvent, 'policyChanges'>[]): readonly PolicyChange[] {
  return parts.flatMap(({ policyChanges = [] }) => policyChanges).sort((a, b) => a.atMs - b.atMs);
}

/** Alerts of other Defender plans, as many days into this month as they are into the sample's. */
function movedInto({ span }: MonthPlan): typeof otherDefenderAlerts {
  return otherDefenderAlerts.map((alert) => {
    const byMs = span.fromMs - sampleSpan.fromMs;
    const { fromMs, untilMs } = alert.activity;
    const activity = { fromMs: fromMs + byMs, untilMs: untilMs + byMs };
    return { ...alert, activity, raisedAtMs: alert.raisedAtMs + byMs };
  });
}

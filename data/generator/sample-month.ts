import type { DistributedEnumeration } from './attacks/distributed-enumeration.ts';
import type { PopulationSpike } from './attacks/population-spike.ts';
import type { SingleAddressSpike } from './attacks/single-address-spike.ts';
import type { SqlInjection } from './attacks/sql-injection.ts';
import { documentationAddresses } from './clients.ts';
import type { BaselineVolume } from './count-plan.ts';
import { estate } from './estate.ts';
import type { DefenderAlert } from './security-alerts.ts';
import { baselineOf, minuteMs, runFor, type TimeSpan, windowMs } from './time-window.ts';

/** Thirty days from a Sunday on, all times in UTC. */
export const month: TimeSpan = { fromMs: Date.UTC(2026, 2, 1), untilMs: Date.UTC(2026, 2, 31) };

/** Partners reconcile through the new settlement API from here on: an endpoint without a past. */
export const settlementOpensAtMs = Date.UTC(2026, 2, 9);

export const spikeOfPopulation: PopulationSpike = {
  startMs: Date.UTC(2026, 2, 24, 10, 20),
  observed: 865,
  baseline: { mean: 71.17, standardDeviation: 57.8 },
  addresses: [...documentationAddresses('198.51.100'), ...documentationAddresses('203.0.113', 130, 199)],
};

export const spikeOfOneAddress: SingleAddressSpike = {
  startMs: Date.UTC(2026, 2, 25, 2, 20),
  address: '203.0.113.77',
  observed: 464,
  usual: 2.59,
  misses: 37,
};

export const enumerationOfReferences: DistributedEnumeration = {
  startMs: Date.UTC(2026, 2, 26, 20, 40),
  observed: 19_563,
  baseline: { mean: 1075.11, standardDeviation: 1009.96 },
  firstReference: 2_954_000_000,
  hitShare: 0.995,
  addresses: [...documentationAddresses('192.0.2'), ...documentationAddresses('203.0.113', 1, 70)],
};

export const burstOfInjections: SqlInjection = {
  startMs: Date.UTC(2026, 2, 19, 14, 22, 10),
  address: '203.0.113.99',
  attempts: 12,
};

function volume(startMs: number, moments: BaselineVolume['moments'], minimum: number, maximum: number): BaselineVolume {
  return { baseline: baselineOf(runFor(startMs + windowMs)), moments, bounds: { minimum, maximum } };
}

export const courierVolume = volume(spikeOfPopulation.startMs, spikeOfPopulation.baseline, 1, 300);

/** So uneven that the calls of one address at night, 464, stay below six standard deviations of the population. */
export const shopTillVolume = volume(spikeOfOneAddress.startMs, { mean: 80, standardDeviation: 70 }, 2, 340);

export const settlementVolume = volume(enumerationOfReferences.startMs, enumerationOfReferences.baseline, 40, 3900);

/** Alerts of other Defender plans, which are no business of API rules. */
export const otherDefenderAlerts: readonly DefenderAlert[] = [
  {
    alertType: 'Storage.Blob_AnonymousAccessAnomaly',
    displayName: 'Unusual unauthenticated access to a storage container',
    description: 'A storage container was read without authentication, which is unusual for it.',
    severity: 'High',
    tactic: 'InitialAccess',
    activity: { fromMs: Date.UTC(2026, 2, 11, 16, 2), untilMs: Date.UTC(2026, 2, 11, 16, 9) },
    raisedAtMs: Date.UTC(2026, 2, 11, 16, 41),
    resourceId: `/subscriptions/${estate.subscriptionId}/resourceGroups/rg-web-prod/providers/Microsoft.Storage/storageAccounts/stcontosoassets`,
    compromisedEntity: 'stcontosoassets',
    address: '203.0.113.71',
    extendedProperties: { 'Operations types': 'GetBlob', 'Api type': 'Blob' },
  },
  {
    alertType: 'VM_LoginBruteForceValidUserFailed',
    displayName: 'Attempted logon by a potentially harmful application',
    description: 'Many failed logons to a virtual machine with a valid user name.',
    severity: 'Medium',
    tactic: 'CredentialAccess',
    activity: { fromMs: Date.UTC(2026, 2, 22, 3, 15), untilMs: Date.UTC(2026, 2, 22, 3, 15) + 45 * minuteMs },
    raisedAtMs: Date.UTC(2026, 2, 22, 4, 20),
    resourceId: `/subscriptions/${estate.subscriptionId}/resourceGroups/rg-build/providers/Microsoft.Compute/virtualMachines/vm-build-2`,
    compromisedEntity: 'vm-build-2',
    address: '203.0.113.72',
    extendedProperties: { 'Failed attempts': '212' },
  },
];

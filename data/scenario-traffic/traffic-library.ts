import type { TrafficLibrary, TrafficRows } from '../../src/replay/scenario/traffic-library.ts';
import { contosoDay } from './backgrounds/contoso-day.ts';
import { contosoFortnight } from './backgrounds/contoso-fortnight.ts';
import { durationMs } from './parameters.ts';
import type { Step, StepRows } from './step.ts';
import { calls } from './steps/calls.ts';
import { defenderAlert } from './steps/defender-alert.ts';
import { firewallTransactions } from './steps/firewall-transactions.ts';
import { parameterValues } from './steps/parameter-values.ts';
import { policyWrite } from './steps/policy-write.ts';
import { usualCalls } from './steps/usual-calls.ts';
import { usualParameterValues } from './steps/usual-parameter-values.ts';

/** The steps that scenarios name; schemas/scenario.schema.json says which parameters each takes. */
const steps = {
  calls,
  'usual-calls': usualCalls,
  'parameter-values': parameterValues,
  'usual-parameter-values': usualParameterValues,
  'firewall-transactions': firewallTransactions,
  'defender-alert': defenderAlert,
  'policy-write': policyWrite,
};

const backgrounds: Readonly<Record<string, () => readonly StepRows[]>> = {
  'contoso-day': contosoDay,
  'contoso-fortnight': contosoFortnight,
};

/** The traffic that the scenarios in data/scenarios are made of. */
export const trafficLibrary: TrafficLibrary = {
  backgrounds: new Map(Object.entries(backgrounds).map(([name, build]) => [name, () => build().map(onTime)])),
  steps: new Map(
    Object.entries(steps).map(([name, step]) => [
      name,
      (parameters, place) => {
        const delayMs = durationMs(parameters.arrives as string | undefined, 0);
        // The schema has checked the parameters against those that the step declares.
        return (step as Step<typeof parameters>)(parameters, place).map((rows) => ({ ...rows, delayMs }));
      },
    ]),
  ),
};

const onTime = (rows: StepRows): TrafficRows => ({ ...rows, delayMs: 0 });

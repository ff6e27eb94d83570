import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import ipaddr from 'ipaddr.js';
import schema from '../../schemas/pack-config.schema.json' with { type: 'json' };

/** What stands between the clients and API Management; it decides where the client's address is read. */
export type Topology = 'direct' | 'application-gateway' | 'front-door';

/** Which form of the Application Gateway's WAF log the workspace holds. */
export type LogMode = 'resource-specific' | 'azure-diagnostics' | 'both';

export type Severity = 'Informational' | 'Low' | 'Medium' | 'High';

/** What a workspace changes about one rule; what is absent stays as defined. */
export type RuleSettings = {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly parameters?: Readonly<Record<string, number>>;
};

/** What a workspace changes about one playbook: default values of its deployment parameters, by parameter name. */
export type PlaybookSettings = {
  readonly enabled?: boolean;
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};

/**
 * The environment that the content is generated for (`pack.config.yaml`).
 * - `forwardedHop`: which valid hop of X-Forwarded-For is the client: `first` is what the caller claims, `last` is what
 *   the gateway itself saw and cannot be forged.
 * - `names.prefix`: put before every display name, so that two deployments in one workspace can be told apart.
 * - `allowList.addresses`: addresses and ranges (CIDR) that raise no alert and are never blocked.
 * - `allowList.endpoints`: endpoints such as `GET /health` that traffic rules leave out.
 */
export type PackConfig = {
  readonly topology: Topology;
  readonly logMode: LogMode;
  readonly forwardedHop: 'first' | 'last';
  readonly names: { readonly prefix: string };
  readonly allowList: { readonly addresses: readonly string[]; readonly endpoints: readonly string[] };
  readonly rules: Readonly<Record<string, RuleSettings>>;
  readonly playbooks: Readonly<Record<string, PlaybookSettings>>;
};

export const defaultPackConfig: PackConfig = {
  topology: 'application-gateway',
  logMode: 'both',
  forwardedHop: 'first',
  names: { prefix: '' },
  allowList: { addresses: [], endpoints: [] },
  rules: {},
  playbooks: {},
};

export type PackConfigErrorCode = 'config-shape' | 'config-address' | 'config-rule' | 'config-parameter';

/** A setting that cannot be used. `path` names the setting (`['rules', 'waf-sql-injection', 'severity']`). */
export class PackConfigError extends Error {
  readonly code: PackConfigErrorCode;
  readonly path: readonly string[];
  readonly hint: string;

  constructor(code: PackConfigErrorCode, path: readonly string[], message: string, hint: string) {
    super(`${path.length === 0 ? 'pack configuration' : path.join('.')}: ${message}`);
    this.name = 'PackConfigError';
    this.code = code;
    this.path = path;
    this.hint = hint;
  }
}

const validateShape = new Ajv2020({ allErrors: false, verbose: true }).compile<Partial<PackConfig>>(schema);

/**
 * Turns parsed YAML into a configuration; what is absent takes its default, what is unknown or malformed is refused.
 * Names of rules, playbooks and parameters are checked where the definitions are known (`resolveRule`).
 * @throws PackConfigError
 */
export function readPackConfig(parsed: unknown): PackConfig {
  const settings = parsed ?? {};
  if (!validateShape(settings)) {
    throw shapeError(validateShape.errors?.[0]);
  }
  const config: PackConfig = { ...defaultPackConfig, ...settings };
  const allowList = { ...defaultPackConfig.allowList, ...config.allowList };
  for (const [index, address] of allowList.addresses.entries()) {
    checkAddress(address, ['allowList', 'addresses', String(index)]);
  }
  return { ...config, names: { ...defaultPackConfig.names, ...config.names }, allowList };
}

function shapeError(error: ErrorObject | undefined): PackConfigError {
  const path = (error?.instancePath ?? '').split('/').slice(1).map(unescapePointer);
  const unknown = error?.params.additionalProperty;
  const allowed = error?.params.allowedValues;
  if (typeof unknown === 'string') {
    return new PackConfigError('config-shape', [...path, unknown], 'unknown setting', 'Remove it or correct its name.');
  }
  const hint = Array.isArray(allowed) ? `Use one of: ${allowed.join(', ')}.` : 'See schemas/pack-config.schema.json.';
  return new PackConfigError('config-shape', path, error?.message ?? 'is not a configuration', hint);
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function checkAddress(address: string, path: readonly string[]): void {
  const [host = ''] = address.split('/');
  const isRange = address.includes('/');
  // ipaddr.js reads "10" and "0x7f.1" as addresses, as inet_aton does, and "::1%eth0"; KQL's functions do not.
  const isIpv6 = host.includes(':') && !host.includes('%') && ipaddr.IPv6.isValid(host);
  if (!(isIpv6 || ipaddr.IPv4.isValidFourPartDecimal(host)) || (isRange && !ipaddr.isValidCIDR(address))) {
    const message = `${JSON.stringify(address)} is neither an IP address nor a range`;
    const hint = 'Write 192.0.2.7, 192.0.2.0/24, 2001:db8::7 or 2001:db8::/32.';
    throw new PackConfigError('config-address', path, message, hint);
  }
  if (/\/0+$/.test(address)) {
    const hint = 'Name the ranges that you trust; this one would silence every rule.';
    throw new PackConfigError('config-address', path, `${address} is every address`, hint);
  }
}

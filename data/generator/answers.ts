/** What API Management's last-error columns say when a request fails inside the gateway. */
export type GatewayError = {
  readonly reason: string;
  readonly source: string;
  readonly section: 'inbound' | 'backend' | 'on-error';
  readonly scope: 'global' | 'product' | 'api' | 'operation';
  readonly message: string;
};

/** How a request ends. `backendStatus` is absent when no backend answered; `error` when the gateway itself found none. */
export type Answer = { readonly status: number; readonly backendStatus?: number; readonly error?: GatewayError };

/** An answer that the backend gave and the gateway passed on. */
export function fromBackend(status: number): Answer {
  return { status, backendStatus: status };
}

function refused(
  status: number,
  reason: string,
  source: string,
  message: string,
  scope: GatewayError['scope'] = 'api',
): Answer {
  return { status, error: { reason, source, section: 'inbound', scope, message } };
}

function failed(status: number, reason: string, message: string): Answer {
  return { status, error: { reason, source: 'forward-request', section: 'backend', scope: 'global', message } };
}

/**
 * Answers of the sample. Reasons and sources are API Management's own
 * (learn.microsoft.com/azure/api-management/api-management-error-handling-policies, "Predefined errors").
 */
export const answers = {
  ok: fromBackend(200),
  created: fromBackend(201),
  noContent: fromBackend(204),
  badRequest: fromBackend(400),
  wrongPassword: fromBackend(401),
  forbidden: fromBackend(403),
  notFound: fromBackend(404),
  conflict: fromBackend(409),
  backendFault: fromBackend(500),
  backendBusy: fromBackend(503),
  keyMissing: refused(
    401,
    'SubscriptionKeyNotFound',
    'authorization',
    'No subscription key came with the request.',
    'product',
  ),
  keyInvalid: refused(401, 'SubscriptionKeyInvalid', 'authorization', 'The subscription key is not valid.', 'product'),
  tokenMissing: refused(401, 'TokenNotPresent', 'validate-jwt', 'No token came with the request.'),
  tokenExpired: refused(401, 'TokenExpired', 'validate-jwt', 'The lifetime of the token has ended.'),
  claimNotAllowed: refused(
    403,
    'TokenClaimValueNotAllowed',
    'validate-jwt',
    'A claim of the token has a value that is not allowed.',
    'operation',
  ),
  addressNotAllowed: refused(403, 'CallerIpNotAllowed', 'ip-filter', 'The address of the caller is not allowed.'),
  unknownOperation: refused(404, 'OperationNotFound', 'configuration', 'The request matches no operation.', 'global'),
  rateLimited: refused(429, 'RateLimitExceeded', 'rate-limit', 'The rate limit is exceeded.', 'product'),
  quotaUsedUp: refused(403, 'QuotaExceeded', 'quota', 'The call quota is used up.', 'product'),
  backendUnreachable: failed(500, 'BackendConnectionFailure', 'The backend could not be reached.'),
  backendTimeout: failed(504, 'Timeout', 'The backend did not answer in time.'),
  callerGone: failed(0, 'ClientConnectionFailure', 'The caller closed the connection.'),
} as const satisfies Readonly<Record<string, Answer>>;

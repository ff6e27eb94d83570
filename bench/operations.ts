/** An operation of the gateway, and how many different URLs it is called under. */
export type Operation = {
  readonly apiId: string;
  readonly method: string;
  /** As API Management names it: `GET /orders/{id}`. */
  readonly operationId: string;
  readonly weight: number;
  /** How many different identifiers occur in its path or query. */
  readonly ids: number;
  /** How many different forms the rest of its query has. */
  readonly variants: number;
  readonly url: (id: number, variant: number) => string;
};

const host = 'https://api.contoso.com';

const apis = [
  { name: 'orders', weight: 5, ids: 400_000 },
  { name: 'catalog', weight: 8, ids: 60_000 },
  { name: 'customers', weight: 3, ids: 250_000 },
  { name: 'payments', weight: 2, ids: 300_000 },
  { name: 'shipments', weight: 2, ids: 200_000 },
  { name: 'reviews', weight: 1, ids: 30_000 },
] as const;

const terms = ['shoes', 'lamp', 'garden chair', 'tent', 'kettle', 'desk', 'bicycle', 'radio', 'helmet', 'clock'];

/** The operations of one API: name, share of its traffic, whether it names an identifier, further forms, path and query. */
const shapes: readonly {
  readonly method: string;
  readonly path: string;
  readonly weight: number;
  readonly named: boolean;
  readonly variants: number;
  readonly query: (id: number, variant: number) => string;
}[] = [
  {
    method: 'GET',
    path: '',
    weight: 12,
    named: false,
    variants: 400,
    query: (_, v) => `?page=${v % 100}&size=${[10, 20, 50, 100][v >> 7]}`,
  },
  { method: 'GET', path: '/{id}', weight: 40, named: true, variants: 1, query: () => '' },
  { method: 'POST', path: '', weight: 8, named: false, variants: 1, query: () => '' },
  { method: 'PUT', path: '/{id}', weight: 6, named: true, variants: 1, query: () => '' },
  { method: 'PATCH', path: '/{id}', weight: 3, named: true, variants: 1, query: () => '' },
  { method: 'DELETE', path: '/{id}', weight: 1, named: true, variants: 1, query: () => '' },
  {
    method: 'GET',
    path: '/{id}/history',
    weight: 6,
    named: true,
    variants: 4,
    query: (_, v) => `?from=2026-0${v + 1}-01`,
  },
  {
    method: 'GET',
    path: '/search',
    weight: 14,
    named: true,
    variants: 10,
    query: (id, v) => `?q=${encodeURIComponent(terms[v] as string)}&customer=${id}`,
  },
  { method: 'POST', path: '/{id}/approval', weight: 2, named: true, variants: 1, query: () => '' },
  { method: 'GET', path: '/status', weight: 8, named: false, variants: 1, query: () => '' },
];

/** Ten operations for each of six APIs. */
export const operations: readonly Operation[] = apis.flatMap(({ name, weight, ids }) =>
  shapes.map((shape) => ({
    apiId: name,
    method: shape.method,
    operationId: `${shape.method} /${name}${shape.path}`,
    weight: weight * shape.weight,
    ids: shape.named ? ids : 1,
    variants: shape.variants,
    url: (id: number, variant: number) =>
      `${host}/${name}${shape.path.replace('{id}', String(id))}${shape.query(id, variant)}`,
  })),
);

/** What scanners ask for, whatever the operation. */
export const attackUrls: readonly string[] = [
  '/catalog/search?q=%27%20OR%201%3D1--&customer=1',
  '/catalog/search?q=1 union  select password from users&customer=1',
  '/orders/../../etc/passwd',
  '/catalog/../admin/config',
  '/admin/users?role=owner',
  '/payments/Admin',
  '/customers/1/history?from=2026-01-01;UNION SELECT 1',
  '/wp-admin/setup.php',
].map((path) => host + path);

export type Api = { readonly id: string; readonly revision: string; readonly product: string };

/** An operation of an API; `id` reads like the endpoint: method and path template. Sizes and times are medians. */
export type Operation = {
  readonly id: string;
  readonly api: Api;
  readonly method: string;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly backendMs: number;
  /** The share of answers that come from API Management's cache. */
  readonly cachedShare: number;
};

const orders: Api = { id: 'orders', revision: '4', product: 'shop' };
const catalog: Api = { id: 'catalog', revision: '11', product: 'shop' };
const customers: Api = { id: 'customers', revision: '3', product: 'shop' };
const loyalty: Api = { id: 'loyalty', revision: '2', product: 'points-of-sale' };
const settlement: Api = { id: 'settlement', revision: '1', product: 'partners' };

function operation(
  api: Api,
  id: string,
  [requestBytes, responseBytes, backendMs]: Medians,
  cachedShare = 0,
): Operation {
  return { id, api, method: id.split(' ')[0] ?? '', requestBytes, responseBytes, backendMs, cachedShare };
}

/** Request bytes, response bytes, milliseconds in the backend. */
type Medians = readonly [number, number, number];

/** What the sample's five APIs offer. */
export const operations = {
  createOrder: operation(orders, 'POST /orders', [1450, 920, 180]),
  readOrder: operation(orders, 'GET /orders/{id}', [510, 2100, 45]),
  updateOrder: operation(orders, 'PUT /orders/{id}', [980, 310, 95]),
  listProducts: operation(catalog, 'GET /catalog/products', [480, 18400, 60], 0.45),
  readProduct: operation(catalog, 'GET /catalog/products/{id}', [490, 4200, 35], 0.35),
  searchProducts: operation(catalog, 'GET /catalog/search', [520, 9700, 120], 0.1),
  readStatus: operation(catalog, 'GET /catalog/status', [190, 140, 4]),
  issueToken: operation(customers, 'POST /customers/token', [720, 1650, 210]),
  readCustomer: operation(customers, 'GET /customers/{id}', [560, 1300, 40]),
  changeCustomer: operation(customers, 'PATCH /customers/{id}', [830, 1280, 85]),
  readLoyaltyCard: operation(loyalty, 'GET /loyalty/cards/{number}', [610, 880, 38]),
  addLoyaltyPoints: operation(loyalty, 'POST /loyalty/cards/{number}/points', [740, 360, 75]),
  readTransactions: operation(settlement, 'GET /settlement/transactions', [540, 1150, 55]),
} as const satisfies Readonly<Record<string, Operation>>;

import type { Api, Operation } from '../operations.ts';

/** Medians of an operation: bytes asked, bytes answered, milliseconds in the backend, share answered from the cache. */
type Medians = readonly [requestBytes: number, responseBytes: number, backendMs: number, cachedShare?: number];

type ApiListing = readonly [product: string, revision: string, operations: Readonly<Record<string, Medians>>];

/**
 * The platform of the larger months: APIs of a retailer and what each of them offers, by the operation's method and path
 * template. Names in braces are filled by `fillPath`.
 */
const listings = {
  catalog: [
    'shop',
    '11',
    {
      'GET /catalog/products': [480, 18_400, 60, 0.45],
      'GET /catalog/products/{product}': [490, 4200, 35, 0.35],
      'GET /catalog/products/{product}/reviews': [500, 6100, 40, 0.3],
      'POST /catalog/products/{product}/reviews': [1100, 420, 90],
      'GET /catalog/products/{product}/related': [500, 5200, 45, 0.3],
      'GET /catalog/categories': [450, 3800, 20, 0.6],
      'GET /catalog/search': [520, 9700, 120, 0.1],
      'GET /catalog/status': [190, 140, 4],
    },
  ],
  pricing: [
    'shop',
    '6',
    {
      'GET /prices/{sku}': [440, 380, 18, 0.2],
      'GET /prices': [470, 7400, 55],
      'GET /promotions': [450, 2600, 25, 0.5],
      'POST /promotions/validate': [610, 310, 30],
    },
  ],
  inventory: [
    'shop',
    '5',
    {
      'GET /inventory/{sku}': [450, 520, 22],
      'GET /inventory': [480, 12_800, 90],
      'PATCH /inventory/{sku}': [720, 240, 45],
      'GET /inventory/stores/{store}': [470, 5600, 60],
    },
  ],
  carts: [
    'shop',
    '8',
    {
      'POST /carts': [620, 480, 40],
      'GET /carts/{cart}': [470, 1700, 25],
      'POST /carts/{cart}/items': [690, 1500, 45],
      'DELETE /carts/{cart}/items/{item}': [480, 900, 35],
      'POST /carts/{cart}/checkout': [980, 1300, 160],
    },
  ],
  orders: [
    'shop',
    '4',
    {
      'POST /orders': [1450, 920, 180],
      'GET /orders/{order}': [510, 2100, 45],
      'GET /orders': [520, 8600, 110],
      'PUT /orders/{order}': [980, 310, 95],
      'DELETE /orders/{order}': [520, 180, 70],
      'GET /orders/{order}/invoice': [510, 48_000, 240],
    },
  ],
  payments: [
    'shop',
    '7',
    {
      'POST /payments': [1320, 640, 420],
      'GET /payments/{payment}': [490, 880, 50],
      'POST /payments/{payment}/refunds': [760, 520, 310],
      'POST /payments/webhooks': [1900, 90, 35],
    },
  ],
  customers: [
    'shop',
    '3',
    {
      'POST /customers': [1240, 620, 160],
      'GET /customers': [530, 2400, 90],
      'GET /customers/{customer}': [560, 1300, 40],
      'PATCH /customers/{customer}': [830, 1280, 85],
      'GET /customers/{customer}/addresses': [540, 960, 30],
    },
  ],
  identity: [
    'shop',
    '9',
    {
      'POST /identity/token': [720, 1650, 210],
      'POST /identity/refresh': [680, 1640, 70],
      'POST /identity/password-reset': [520, 120, 140],
      'POST /identity/otp': [480, 160, 90],
      'GET /identity/userinfo': [980, 540, 20],
    },
  ],
  loyalty: [
    'points-of-sale',
    '2',
    {
      'GET /loyalty/cards/{card}': [610, 880, 38],
      'POST /loyalty/cards/{card}/points': [740, 360, 75],
      'GET /loyalty/cards/{card}/history': [620, 4300, 80],
      'GET /giftcards/balance': [480, 220, 30],
    },
  ],
  shipping: [
    'logistics',
    '4',
    {
      'GET /shipments': [520, 7200, 95],
      'GET /shipments/{shipment}': [500, 1500, 40],
      'POST /shipments': [1650, 540, 130],
      'PUT /shipments/{shipment}/status': [640, 190, 55],
      'GET /tracking': [470, 1900, 45],
    },
  ],
  fleet: [
    'logistics',
    '3',
    {
      'POST /fleet/{vehicle}/positions': [560, 60, 12],
      'GET /fleet/{vehicle}/route': [500, 6800, 70],
      'GET /fleet/depots': [440, 2900, 20, 0.4],
    },
  ],
  stores: [
    'shop',
    '2',
    {
      'GET /stores': [450, 9800, 25, 0.5],
      'GET /stores/{store}': [450, 1100, 15, 0.4],
      'GET /stores/nearby': [470, 2700, 55],
    },
  ],
  'point-of-sale': [
    'points-of-sale',
    '5',
    {
      'POST /pos/receipts': [2300, 210, 85],
      'GET /pos/receipts/{receipt}': [480, 2200, 40],
      'GET /pos/prices': [470, 14_500, 75],
      'GET /pos/updates': [450, 800, 18, 0.5],
    },
  ],
  settlement: [
    'partners',
    '1',
    {
      'GET /settlement/transactions': [540, 1150, 55],
      'GET /settlement/reports/{day}': [490, 86_000, 900],
      'POST /settlement/disputes': [1800, 420, 120],
    },
  ],
  supply: [
    'partners',
    '3',
    {
      'GET /supply/orders': [520, 9100, 130],
      'POST /supply/deliveries': [2600, 380, 150],
      'GET /supply/invoices': [520, 7700, 120],
      'POST /supply/invoices': [5200, 340, 190],
    },
  ],
  notifications: [
    'app',
    '4',
    {
      'GET /notifications': [520, 1400, 28],
      'POST /notifications/devices': [760, 140, 45],
      'PUT /notifications/{notification}': [540, 90, 25],
    },
  ],
  app: [
    'app',
    '14',
    {
      'GET /app/configuration': [460, 5200, 10, 0.7],
      'GET /app/feature-flags': [470, 1900, 8, 0.6],
      'GET /app/content': [480, 22_000, 30, 0.6],
      'POST /app/telemetry': [3400, 40, 10],
    },
  ],
  reports: [
    'back-office',
    '2',
    { 'GET /reports/sales': [560, 31_000, 1400], 'GET /reports/stock': [550, 27_000, 1100] },
  ],
  support: [
    'back-office',
    '3',
    {
      'GET /tickets': [520, 6900, 85],
      'POST /tickets': [1500, 480, 95],
      'GET /tickets/{ticket}': [500, 2800, 40],
    },
  ],
} as const satisfies Readonly<Record<string, ApiListing>>;

type Listings = typeof listings;
/** The ids of all operations of the platform. */
export type PlatformOperationId = { [Id in keyof Listings]: keyof Listings[Id][2] }[keyof Listings] & string;

function operationsOf(id: string, [product, revision, offered]: ApiListing): (readonly [string, Operation])[] {
  const api: Api = { id, revision, product };
  return Object.entries(offered).map(([operationId, [requestBytes, responseBytes, backendMs, cachedShare = 0]]) => {
    const method = operationId.slice(0, operationId.indexOf(' '));
    return [operationId, { id: operationId, api, method, requestBytes, responseBytes, backendMs, cachedShare }];
  });
}

/** By id, in the order of the listing. */
export const platformOperations = Object.fromEntries(
  Object.entries(listings).flatMap(([id, listing]) => operationsOf(id, listing)),
) as Readonly<Record<PlatformOperationId, Operation>>;

/** Versions of the shop's app that are in use, and what devices run it on. */
const appVersions = ['5.14.2', '5.14.1', '5.13.0', '5.12.4'];
const appSystems = ['iOS 18.3', 'iOS 17.6', 'Android 15', 'Android 14', 'Android 13'];

/** Which software calls. Names of Contoso's own apps are made up; browsers have the usual shapes. */
export const userAgents = {
  browsers: [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0',
    'ContosoShop/5.14.2 (iOS 18.3)',
    'ContosoShop/5.14.2 (Android 14)',
    'ContosoShop/5.13.0 (Android 13)',
  ],
  app: appVersions.flatMap((version) => appSystems.map((system) => `ContosoShop/${version} (${system})`)),
  couriers: ['ContosoCourier/8.1.0 (Android 14)', 'ContosoCourier/8.0.3 (Android 13)'],
  tills: ['ContosoTill/3.2.1', 'ContosoTill/3.2.0', 'ContosoTill/2.9.7'],
  partners: ['Java-http-client/17.0.10', 'python-requests/2.32.3'],
  crawler: ['Mozilla/5.0 (compatible; PriceCompareBot/2.1; +https://bot.example.com/about)'],
  probe: ['ContosoAvailability/1.4'],
  scanners: ['Mozilla/5.0 zgrab/0.x', 'curl/8.5.0', 'Go-http-client/1.1', ''],
  attackTools: ['okhttp/4.12.0', 'python-requests/2.31.0', 'axios/1.7.9', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * What common user agents are called, in the names of the ua-parser project, which the service uses too
 * (github.com/ua-parser/uap-core). The service knows thousands of rare ones more; those are `Other` here.
 * The first pattern that matches decides. No pattern nests repetitions: user agents are hostile text.
 */
export type NamePattern = {
  readonly pattern: RegExp;
  /** The family; where it is left out, the first group. */
  readonly family?: string;
  /** Versions that the text itself does not say. */
  readonly versions?: readonly string[];
};

const VERSION = String.raw`(\d+)(?:[._](\d+))?(?:[._](\d+))?(?:[._](\d+))?`;

/** `Token/1.2.3`, whose family is another name than the token. */
const token = (name: string, family: string): NamePattern => ({
  pattern: new RegExp(`()(?:${name})[/ ]v?${VERSION}`),
  family,
});

/** `Token/1.2.3`, whose family is the token. */
const named = (...names: readonly string[]): NamePattern => ({
  pattern: new RegExp(`(${names.join('|')})[/ ]v?${VERSION}`),
});

export const SPIDER =
  /bot\b|bot\/|crawl|spider|slurp|facebookexternalhit|mediapartners|scanner|nikto|sqlmap|nmap|masscan|zgrab/i;

export const browserPatterns: readonly NamePattern[] = [
  named('Googlebot-Image', 'Googlebot', 'AdsBot-Google', 'bingbot', 'BingPreview', 'YandexBot', 'Baiduspider'),
  named('DuckDuckBot', 'Applebot', 'AhrefsBot', 'SemrushBot', 'MJ12bot', 'DotBot', 'PetalBot', 'Twitterbot'),
  named('LinkedInBot', 'Slackbot', 'Discordbot', 'TelegramBot', 'CensysInspect', 'GPTBot'),
  token('facebookexternalhit', 'FacebookBot'),
  { pattern: /(Yahoo! Slurp)/ },
  named('curl', 'Wget', 'PostmanRuntime', 'Go-http-client', 'okhttp', 'Apache-HttpClient', 'axios', 'node-fetch'),
  named('Python-urllib', 'Java', 'libwww-perl', 'Ruby', 'sqlmap', 'Nikto', 'insomnia', 'HTTPie'),
  token('python-requests', 'Python Requests'),
  token('Python/[\\d.]+ aiohttp', 'Python aiohttp'),
  token('python-httpx', 'Python HTTPX'),
  named('AdobeAIR', 'Thunderbird', 'SeaMonkey', 'Vivaldi', 'HeadlessChrome', 'Electron'),
  { pattern: /()SymbianOS\/[\d.]+; U; Series60\/(\d+)\.(\d+)/, family: 'Nokia OSS Browser' },
  token('EdgA|EdgiOS', 'Edge Mobile'),
  token('Edg|Edge', 'Edge'),
  token('SamsungBrowser', 'Samsung Internet'),
  token('YaBrowser', 'Yandex Browser'),
  token('UCBrowser', 'UC Browser'),
  { pattern: new RegExp(`()Mobile.*OPR/${VERSION}`), family: 'Opera Mobile' },
  token('OPR', 'Opera'),
  { pattern: new RegExp(`()Opera/9\\.80.*Version/${VERSION}`), family: 'Opera' },
  token('Opera', 'Opera'),
  token('FxiOS', 'Firefox iOS'),
  token('CriOS', 'Chrome Mobile iOS'),
  token('GSA', 'Google'),
  { pattern: new RegExp(`()IEMobile[/ ]${VERSION}`), family: 'IE Mobile' },
  { pattern: new RegExp(`()Trident/.*rv:${VERSION}`), family: 'IE' },
  { pattern: new RegExp(`()MSIE ${VERSION}`), family: 'IE' },
  { pattern: new RegExp(`()Android.*; wv\\).*Chrome/${VERSION}`), family: 'Chrome Mobile WebView' },
  { pattern: new RegExp(`()Android.*Chrome/${VERSION} Mobile`), family: 'Chrome Mobile' },
  named('Chromium', 'Chrome'),
  { pattern: new RegExp(`()(?:Mobile|Tablet);.*Firefox/${VERSION}`), family: 'Firefox Mobile' },
  named('Firefox'),
  { pattern: new RegExp(`()Android.*Version/${VERSION}`), family: 'Android' },
  { pattern: new RegExp(`()Version/${VERSION}.*Mobile.*Safari`), family: 'Mobile Safari' },
  { pattern: new RegExp(`()(?:iPhone|iPad|iPod).*OS ${VERSION}.*AppleWebKit`), family: 'Mobile Safari UI/WKWebView' },
  { pattern: new RegExp(`()Version/${VERSION}.*Safari`), family: 'Safari' },
];

const windows = (nt: string, ...versions: readonly string[]): NamePattern => ({
  pattern: new RegExp(`Windows NT ${nt}`),
  family: 'Windows',
  versions,
});

export const systemPatterns: readonly NamePattern[] = [
  { pattern: new RegExp(`()Windows Phone(?: OS)? ${VERSION}`), family: 'Windows Phone' },
  windows('10\\.0', '10'),
  windows('6\\.3', '8', '1'),
  windows('6\\.2', '8'),
  windows('6\\.1', '7'),
  windows('6\\.0', 'Vista'),
  windows('5\\.[12]', 'XP'),
  windows('5\\.0', '2000'),
  { pattern: /()SymbianOS\/(\d+)\.(\d+)/, family: 'Symbian OS' },
  { pattern: new RegExp(`()(?:iPhone|CPU)(?: iPhone)? OS ${VERSION}`), family: 'iOS' },
  { pattern: new RegExp(`()Mac OS X ${VERSION}`), family: 'Mac OS X' },
  { pattern: /(Mac OS X|Android)(?![\w ]*\d)/ },
  { pattern: new RegExp(`(Android)[ -/]${VERSION}`) },
  { pattern: new RegExp(`()CrOS \\w+ ${VERSION}`), family: 'Chrome OS' },
  { pattern: new RegExp(`(Tizen)[/ ]${VERSION}`) },
  { pattern: new RegExp(`(Ubuntu|Fedora|Debian|CentOS|Red Hat)(?:[/ ]${VERSION})?`) },
  { pattern: /(FreeBSD|OpenBSD|NetBSD|Linux|Windows)/ },
];

export type DevicePattern = {
  readonly pattern: RegExp;
  readonly brand: string;
  /** Where left out: the first group, with the brand before it in the family. */
  readonly model?: string;
};

export const devicePatterns: readonly DevicePattern[] = [
  { pattern: /iPhone/, brand: 'Apple', model: 'iPhone' },
  { pattern: /iPad/, brand: 'Apple', model: 'iPad' },
  { pattern: /iPod/, brand: 'Apple', model: 'iPod' },
  { pattern: /Macintosh/, brand: 'Apple', model: 'Mac' },
  { pattern: /Android[^)]*; (SM-\w+)/, brand: 'Samsung' },
  { pattern: /Android[^)]*; (Pixel[^;)]*?)(?: Build|\))/, brand: 'Google' },
  { pattern: /Nokia ?(\w+-\w+|\w+)/, brand: 'Nokia' },
  { pattern: /Android.*Mobile|Mobile.*Android|Windows Phone/, brand: 'Generic', model: 'Smartphone' },
  { pattern: /Android/, brand: 'Generic', model: 'Tablet' },
];

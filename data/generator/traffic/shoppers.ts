import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { geometric, poisson } from '../distributions.ts';
import { intensityAt, shoppingRhythm } from '../rhythm.ts';
import { windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

/** Sessions that start in a window of intensity 1, at full size. */
const sessionsPerWindow = 38;

const categories = ['jackets', 'shoes', 'tents', 'lamps', 'bottles', 'maps', 'stoves', 'ropes', 'bikes', 'boats'];

/** What people look for, with how they spell it; the rules that such a text matches weigh too little to block it. */
const searches: readonly (readonly [text: string, firewallRules: readonly string[]])[] = [
  ['rain jacket', []],
  ['running shoes', []],
  ['tent 3 person', []],
  ['headlamp', []],
  ['water bottle', []],
  ['sleeping bag', []],
  ['trekking poles', []],
  ['größe 42 schuhe', []],
  ['chaussures été', []],
  ["women's (rain) jacket; size 'M'", ['942430']],
  ['o\'neill & sons "classic" {blue} 50%', ['942430']],
];

/** Shoppers in a browser: they browse and search page by page, some log in, some fill a cart, some of these order. */
export function shoppers({ shoppers: pool }: Population): TrafficSource {
  return {
    name: 'shoppers',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(shoppingRhythm, startMs + windowMs / 2) * conditions.factor('shoppers', startMs);
      for (let left = poisson(random, sessionsPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs);
        visit(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 7000, retries: 1 }));
      }
    },
  };
}

function visit(session: Session): void {
  const { random } = session;
  if (random.chance(0.4)) {
    session.call('GET /catalog/categories');
  }
  if (random.chance(0.15)) {
    session.call('GET /promotions');
  }
  const isCustomer = random.chance(0.3) && logIn(session);
  browse(session);
  if (isCustomer && random.chance(0.5)) {
    lookAtAccount(session);
  }
  if (random.chance(0.22)) {
    shop(session);
  }
}

/** Three tries; a wrong password is answered 401, and some then ask for a new one. */
export function logIn(session: Session): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = session.random.chance(0.09) ? answers.wrongPassword : answers.ok;
    if (session.call('POST /identity/token', { answer }) === 200) {
      return true;
    }
  }
  session.call('POST /identity/password-reset', { answer: answers.noContent });
  return false;
}

function browse(session: Session): void {
  const { random } = session;
  const category = random.pick(categories);
  let page = 1;
  for (let clicks = 1 + geometric(random, 3); clicks > 0; clicks--) {
    const drawn = random.unit();
    if (drawn < 0.3) {
      session.call('GET /catalog/products', { query: `category=${category}&page=${page}&pageSize=24` });
      page++;
    } else if (drawn < 0.45) {
      const [text, firewallRules] = random.pick(searches);
      const sort = random.pick(['relevance', 'price', 'newest']);
      const q = encodeURIComponent(random.chance(0.4) ? `${text} ${36 + random.below(12)}` : text);
      session.call('GET /catalog/search', { query: `q=${q}&sort=${sort}`, firewallRules });
    } else {
      lookAtProduct(session);
    }
  }
}

function lookAtProduct(session: Session): void {
  const { random } = session;
  session.forget('product');
  session.forget('sku');
  const answer = random.chance(0.012) ? answers.notFound : answers.ok;
  if (session.call('GET /catalog/products/{product}', { answer }) !== 200) {
    return;
  }
  session.call('GET /prices/{sku}');
  session.call('GET /inventory/{sku}');
  if (random.chance(0.3)) {
    session.call('GET /catalog/products/{product}/reviews', { query: 'page=1' });
  }
  if (random.chance(0.25)) {
    session.call('GET /catalog/products/{product}/related');
  }
}

function lookAtAccount(session: Session): void {
  const { random } = session;
  session.call('GET /customers/{customer}');
  if (random.chance(0.5)) {
    session.call('GET /orders', { query: 'page=1' });
    session.call('GET /orders/{order}');
  }
  if (random.chance(0.15)) {
    session.call('GET /orders/{order}/invoice');
  }
  if (random.chance(0.05)) {
    session.call('PATCH /customers/{customer}', { answer: random.chance(0.1) ? answers.badRequest : answers.ok });
  }
  if (random.chance(0.06)) {
    session.call('POST /catalog/products/{product}/reviews', { answer: answers.created });
  }
  if (random.chance(0.05)) {
    session.call('POST /tickets', { answer: answers.created });
  }
}

function shop(session: Session): void {
  const { random } = session;
  session.call('POST /carts', { answer: answers.created });
  for (let items = 1 + geometric(random, 1); items > 0; items--) {
    session.call('POST /carts/{cart}/items', { answer: answers.created });
    session.forget('item');
  }
  session.call('GET /carts/{cart}');
  if (random.chance(0.12)) {
    session.call('DELETE /carts/{cart}/items/{item}', { answer: answers.noContent });
  }
  if (random.chance(0.2)) {
    session.call('POST /promotions/validate', { answer: random.chance(0.25) ? answers.badRequest : answers.ok });
  }
  if (random.chance(0.55)) {
    checkOut(session);
  }
}

function checkOut(session: Session): void {
  const { random } = session;
  if (random.chance(0.1)) {
    session.call('POST /customers', { answer: answers.created });
  }
  session.call('GET /customers/{customer}/addresses');
  if (session.call('POST /carts/{cart}/checkout') !== 200) {
    return;
  }
  if (session.call('POST /payments', { answer: random.chance(0.04) ? answers.badRequest : answers.created }) === 201) {
    session.call('GET /payments/{payment}');
    session.call('POST /orders', { answer: answers.created });
    session.call('GET /orders/{order}');
  }
}

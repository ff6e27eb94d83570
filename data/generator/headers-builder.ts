import type { Column } from '../../src/kql/columns/column.ts';
import type { Client } from './clients.ts';
import { type ConnectionEnd, requestHeaders } from './gateway-rows.ts';
import { Int32Rows } from './int32-rows.ts';

/**
 * The column RequestHeaders: the same for all requests of a connection, so it is told apart by client and port, and the
 * bags are made when a query first looks at them, which half of the rules never do.
 */
export class HeadersBuilder {
  readonly #codes = new Map<Client, Map<number, number>>();
  readonly #connections: ConnectionEnd[] = [];
  readonly #rows = new Int32Rows();

  append({ client, port }: ConnectionEnd): void {
    let ofClient = this.#codes.get(client);
    if (ofClient === undefined) {
      ofClient = new Map();
      this.#codes.set(client, ofClient);
    }
    let code = ofClient.get(port);
    if (code === undefined) {
      code = this.#connections.push({ client, port }) - 1;
      ofClient.set(port, code);
    }
    this.#rows.push(code);
  }

  build(): Column {
    const codes = this.#rows.toArray();
    const values = this.#connections.map((connection) => new Map(Object.entries(requestHeaders(connection))));
    return { kind: 'pooled', type: 'dynamic', length: codes.length, codes, values };
  }
}

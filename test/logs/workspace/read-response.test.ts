import { strict as assert } from 'node:assert';
import { LogSourceError } from '../../../src/logs/log-source-error.ts';
import { readFailure } from '../../../src/logs/workspace/read-failure.ts';
import { readPartial, readRefusal } from '../../../src/logs/workspace/read-response.ts';

const now = Date.parse('2026-03-24T10:00:00Z');
const later = (retryAfter: string | undefined) => readRefusal({ status: 429, retryAfter, body: '{}' }, now);

describe('a refusal of the service', () => {
  it('says when to ask again in seconds or as a date, or leaves it to the caller', () => {
    assert.deepEqual(later('30'), { status: 'later', reason: 'HTTP 429', afterMs: 30_000 });
    assert.deepEqual(later('Tue, 24 Mar 2026 10:00:05 GMT'), { status: 'later', reason: 'HTTP 429', afterMs: 5000 });
    assert.deepEqual(later('Tue, 24 Mar 2026 09:00:00 GMT'), { status: 'later', reason: 'HTTP 429', afterMs: 0 });
    for (const nothing of [undefined, 'soon', '-1e9x']) {
      assert.deepEqual(later(nothing), { status: 'later', reason: 'HTTP 429', afterMs: undefined });
    }
  });

  it('is told with all that the service says, from the outside in', () => {
    const inner = {
      code: 'SEM0100',
      message: "'where' operator: Failed to resolve table or column expression named 'X'",
    };
    const error = {
      code: 'BadArgumentError',
      message: 'bad',
      innererror: { code: 'SemanticError', message: 's', innererror: inner },
    };
    assert.deepEqual(readRefusal({ status: 400, retryAfter: undefined, body: JSON.stringify({ error }) }, now), {
      status: 'no-table',
    });
    assert.deepEqual(
      readPartial({ code: 'PartialError', message: 'p', details: [{ code: 'EngineError', message: 'e' }] }),
      {
        status: 'too-much',
        reason: 'PartialError: p; EngineError: e',
      },
    );
    assert.deepEqual(readPartial(undefined), { status: 'too-much', reason: 'a partial answer' });
  });
});

describe('no answer at all', () => {
  const named = (name: string, message: string, code?: string): Error =>
    Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });
  const refused = (error: Error): LogSourceError => {
    try {
      readFailure(error);
    } catch (thrown) {
      if (thrown instanceof LogSourceError) return thrown;
    }
    return assert.fail('no LogSourceError');
  };

  it('because nobody is signed in says what the Azure CLI says', () => {
    const message = [
      'ChainedTokenCredential authentication failed.',
      'CredentialUnavailableError: EnvironmentCredential is unavailable.',
      "CredentialUnavailableError: Please run 'az login' from a command prompt to authenticate before using this credential (Azure CLI).",
    ].join('\n');
    const { code, message: text, hint } = refused(named('AggregateAuthenticationError', message));
    assert.equal(code, 'sign-in');
    assert.match(text, /^no sign-in to Azure: .*Please run 'az login'/);
    assert.match(hint, /^run: az login/);
  });

  it('because the service is out of reach is told at once, and what may pass is tried again', () => {
    assert.equal(refused(named('RestError', 'getaddrinfo ENOTFOUND', 'ENOTFOUND')).code, 'unreachable');
    assert.deepEqual(readFailure(named('RestError', 'socket hang up', 'ECONNRESET')), {
      status: 'later',
      reason: 'socket hang up',
      afterMs: undefined,
    });
    assert.deepEqual(readFailure(named('AbortError', 'aborted')), { status: 'too-much', reason: 'no answer in time' });
  });

  it('because of a fault of ours stays that fault', () => {
    const fault = new TypeError('x is not a function');
    assert.throws(() => readFailure(fault), fault);
  });
});

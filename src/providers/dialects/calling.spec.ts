import { describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../../core/errors/index.js';
import { calling, callingEach } from './calling.js';

const failing = (error: unknown, signal?: AbortSignal): Promise<unknown> =>
  calling(() => Promise.reject(error as Error), signal).catch((each: unknown) => each);
const coded = (code: string): Error => Object.assign(new Error('socket'), { code });

describe('calling', () => {
  it('gives what the call gives', async () => {
    expect(await calling(async () => 7)).toBe(7);
  });

  it('takes our own error out of any wrapping', async () => {
    const own = new SwitchboardError('upstream_rate_limited', 'slow down');
    expect(await failing(own)).toBe(own);
    expect(await failing(new Error('sdk', { cause: new TypeError('fetch failed', { cause: own }) }))).toBe(own);
  });

  it('lets an abort come out as its reason', async () => {
    const gone = new DOMException('caller is gone', 'AbortError');
    expect(await failing(new Error('Request was aborted.'), AbortSignal.abort(gone))).toBe(gone);
    const late = new SwitchboardError('upstream_timeout', 'total time is up');
    expect(await failing(new Error('Request was aborted.'), AbortSignal.abort(late))).toBe(late);
    expect(await failing(new Error('wrapped', { cause: gone }))).toBe(gone);
  });

  it.each([
    [new DOMException('late', 'TimeoutError'), 'upstream_timeout'],
    [new Error('sdk', { cause: coded('UND_ERR_HEADERS_TIMEOUT') }), 'upstream_timeout'],
    [new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }), 'upstream_unavailable'],
    [new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') }), 'upstream_unavailable'],
    [new TypeError('fetch failed', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') }), 'upstream_unavailable'],
    [new SyntaxError('Unexpected token'), 'upstream_bad_response'],
    ['a string', 'upstream_bad_response'],
  ])('reads %p as %s', async (error, code) => {
    expect(await failing(error)).toMatchObject({ code, cause: error });
  });

  it('does the same in the middle of a stream', async () => {
    const source = async function* (): AsyncGenerator<number> {
      yield 1;
      throw new TypeError('terminated', { cause: coded('ECONNRESET') });
    };
    const seen: number[] = [];
    const reading = (async () => {
      for await (const each of callingEach(source())) seen.push(each);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'upstream_unavailable' });
    expect(seen).toEqual([1]);
  });
});

import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSameSecret } from '../sha256.js';

const YEAR_SECONDS = 365 * 86_400;

/**
 * Recognises browsers in which an account was signed in before, by a cookie that opens nothing: it only gives the
 * browser a limit of its own. So guesses of strangers — also those behind the same proxy or office address — never
 * keep the rightful owner out.
 */
export class KnownBrowser {
  private readonly cookieName: string;

  constructor(
    private readonly secret: string,
    private readonly isHttps: boolean,
  ) {
    this.cookieName = isHttps ? '__Host-switchboard.known_browser' : 'switchboard.known_browser';
  }

  /** The id of the browser if it is known for this account. */
  idOf(headers: IncomingHttpHeaders, email: string): string | null {
    const start = `${this.cookieName}=`;
    for (const part of (headers.cookie ?? '').split(';')) {
      const text = part.trim();
      if (!text.startsWith(start)) continue;
      const [id = '', signature = ''] = text.slice(start.length).split('.', 2);
      if (id !== '' && isSameSecret(signature, this.sign(id, email))) return id;
    }
    return null;
  }

  /** The `Set-Cookie` that makes a browser known for an account. */
  cookieFor(email: string): string {
    const id = randomBytes(16).toString('base64url');
    const value = `${id}.${this.sign(id, email)}`;
    const attributes = `Max-Age=${YEAR_SECONDS}; Path=/; HttpOnly; SameSite=Lax${this.isHttps ? '; Secure' : ''}`;
    return `${this.cookieName}=${value}; ${attributes}`;
  }

  private sign(id: string, email: string): string {
    return createHmac('sha256', this.secret).update(`known browser\n${id}\n${email.toLowerCase()}`).digest('base64url');
  }
}

/** A secret that was found where it must not be. */
export interface Leak {
  readonly secret: string;
  readonly place: string;
  /** How it was spelt: `plain`, `base64` … */
  readonly spelling: string;
  /** What stands around it; the secret itself is left out. */
  readonly around: string;
}

const AROUND = 60;

/**
 * Every way in which a secret could lie in a text: plainly, escaped, or encoded, also amid other bytes that were encoded
 * with it, which shifts base64 by one or two bytes.
 */
export function spellingsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  const spellings = new Map([
    ['plain', secret],
    ['json', JSON.stringify(secret).slice(1, -1)],
    ['url', encodeURIComponent(secret)],
    ['form', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['utf16', [...secret].join('\0')],
    ['reversed', [...secret].reverse().join('')],
  ]);
  for (const shift of [0, 1, 2]) {
    // Characters that depend on what stands before or behind are cut.
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const sure = encoded.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 8) / 6));
    spellings.set(`base64+${shift}`, sure);
    spellings.set(`base64url+${shift}`, sure.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return spellings;
}

/** Looks for secrets, by name, in places, by name. A secret shorter than eight characters would be found by chance. */
export function findLeaks(
  secrets: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, readonly (string | Buffer)[]>,
): Leak[] {
  const leaks: Leak[] = [];
  const texts = new Map([...places].map(([place, parts]) => [place, new Set(parts.map(textOf))]));
  for (const [name, secret] of secrets) {
    if (secret.length < 8) throw new Error(`The secret "${name}" is too short to be looked for`);
    for (const [needle, spelling] of byText(spellingsOf(secret)))
      for (const [place, parts] of texts)
        for (const text of parts) {
          const at = text.indexOf(needle);
          if (at === -1) continue;
          const around = `${text.slice(Math.max(0, at - AROUND), at)}…${text.slice(at + needle.length).slice(0, AROUND)}`;
          leaks.push({ secret: name, place, spelling, around });
        }
  }
  return leaks;
}

/** Most secrets look the same in several spellings: the plainest name counts. */
function byText(spellings: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...spellings].reverse().map(([spelling, text]) => [text, spelling]));
}

/** Bytes one to one, so that a secret is found in pictures and archives, too. */
function textOf(part: string | Buffer): string {
  return typeof part === 'string' ? part : part.toString('latin1');
}

/** Secrets that were planted into one server, and all that came out of it. */
export class Evidence {
  private readonly secrets = new Map<string, string>();
  private readonly places = new Map<string, (string | Buffer)[]>();

  plant(name: string, secret: string): void {
    this.secrets.set(name, secret);
  }

  note(place: string, part: string | Buffer): void {
    const parts = this.places.get(place);
    if (parts) parts.push(part);
    else this.places.set(place, [part]);
  }

  /** How many parts came from a place: a scan of nothing proves nothing. */
  count(place: string): number {
    return this.places.get(place)?.length ?? 0;
  }

  leaks(): Leak[] {
    return findLeaks(this.secrets, this.places);
  }

  /** @throws Error that names every leak, not the secret */
  requireClean(): void {
    const leaks = this.leaks();
    if (leaks.length > 0)
      throw new Error(`A39: secrets were found where they must not be: ${JSON.stringify(leaks.slice(0, 5), null, 2)}`);
  }
}

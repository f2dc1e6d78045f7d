const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
/** No field name of a draft is longer. */
const MAX_KEY = 40;

/**
 * Reads the article's text out of a JSON draft while it is being written, so that people see it grow. A preview: what
 * counts is the whole draft, parsed at its end.
 */
export class ArticleText {
  private state: 'before' | 'between' | 'string' | 'article' | 'after' = 'before';
  private key = '';
  private isValue = false;
  private escape = '';

  /** The next piece of JSON in; the next piece of the field `content` out, '' when there is none. */
  push(json: string): string {
    let text = '';
    for (let at = 0; at < json.length; at += 1) text += this.read(json.charAt(at));
    return text;
  }

  private read(character: string): string {
    switch (this.state) {
      case 'before':
        if (character === '{') this.state = 'between';
        return '';
      case 'between':
        this.readBetween(character);
        return '';
      case 'string':
        this.readString(character);
        return '';
      case 'article':
        return this.readArticle(character);
      case 'after':
        return '';
    }
  }

  private readBetween(character: string): void {
    if (character === ':') this.isValue = true;
    else if (/[,{}[\]]/.test(character)) {
      this.isValue = false;
      this.key = '';
    } else if (character === '"') {
      this.state = this.isValue && this.key === 'content' ? 'article' : 'string';
      this.key = '';
    }
  }

  private readString(character: string): void {
    if (this.escape !== '') this.escape = '';
    else if (character === '\\') this.escape = character;
    else if (character === '"') this.state = 'between';
    else if (this.key.length < MAX_KEY) this.key += character;
  }

  private readArticle(character: string): string {
    if (this.escape === '') {
      if (character === '\\') this.escape = character;
      else if (character === '"') this.state = 'after';
      else return character;
      return '';
    }
    this.escape += character;
    if (this.escape.startsWith('\\u')) {
      if (this.escape.length < 6) return '';
      const unit = Number.parseInt(this.escape.slice(2), 16);
      this.escape = '';
      return Number.isNaN(unit) ? '' : String.fromCharCode(unit);
    }
    this.escape = '';
    return ESCAPES[character] ?? character;
  }
}

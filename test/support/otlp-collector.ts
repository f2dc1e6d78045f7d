import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Values = Readonly<Record<string, unknown>>;

/** A span as the collector got it. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Values;
  readonly status: { readonly code?: number; readonly message?: string };
}

/** One series of a histogram as the collector got it. */
export interface CollectedSeries {
  readonly metric: string;
  readonly unit: string;
  readonly count: number;
  readonly bounds: readonly number[];
  readonly attributes: Values;
}

interface WireAttribute {
  readonly key: string;
  readonly value: Values;
}
type Wire<T> = Omit<T, 'attributes'> & { readonly attributes?: readonly WireAttribute[] };
interface Point {
  readonly attributes?: readonly WireAttribute[];
  readonly count: number | string;
  readonly explicitBounds?: readonly number[];
}
interface TraceExport {
  readonly resourceSpans: readonly {
    scopeSpans: readonly { scope: { name: string }; spans: readonly Wire<CollectedSpan>[] }[];
  }[];
}
interface MetricExport {
  readonly resourceMetrics: readonly {
    scopeMetrics: readonly {
      scope: { name: string };
      metrics: readonly { name: string; unit: string; histogram?: { dataPoints: readonly Point[] } }[];
    }[];
  }[];
}

/** An OTLP receiver over HTTP and JSON on a free loopback port: what a real SDK sends arrives here. */
export class OtlpCollector {
  readonly spans: CollectedSpan[] = [];
  /** Of the last export of each metric. */
  readonly series: CollectedSeries[] = [];
  readonly scopes = new Set<string>();
  /** Every body as it came. */
  readonly bodies: string[] = [];
  private readonly server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      this.take(request.url ?? '', Buffer.concat(pieces).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  static async start(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    await new Promise<void>((resolve) => collector.server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take(path: string, body: string): void {
    this.bodies.push(body);
    if (path === '/v1/traces') this.takeSpans(JSON.parse(body) as TraceExport);
    if (path === '/v1/metrics') this.takeMetrics(JSON.parse(body) as MetricExport);
  }

  private takeSpans({ resourceSpans }: TraceExport): void {
    for (const { scope, spans } of resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)) {
      this.scopes.add(scope.name);
      this.spans.push(...spans.map((span) => ({ ...span, attributes: read(span.attributes) })));
    }
  }

  private takeMetrics({ resourceMetrics }: MetricExport): void {
    this.series.length = 0;
    for (const { scope, metrics } of resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics)) {
      this.scopes.add(scope.name);
      for (const { name, unit, histogram } of metrics)
        for (const { attributes, count, explicitBounds = [] } of histogram?.dataPoints ?? [])
          this.series.push({
            metric: name,
            unit,
            count: Number(count),
            bounds: explicitBounds,
            attributes: read(attributes),
          });
    }
  }
}

/** `[{ key, value: { stringValue } }]` as an object. */
function read(attributes: readonly WireAttribute[] = []): Values {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

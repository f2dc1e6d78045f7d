const RECORDS = `jsonb_to_recordset($1::jsonb) as r
  (id uuid, request_id text, admin text, token text, capability text, provider text, model_id text, selection_id uuid,
   status text, error_code text, stream boolean, prompt_tokens integer, completion_tokens integer,
   total_tokens integer, cached_tokens integer, reasoning_tokens integer, images integer, characters integer,
   usage_source text, cost_usd numeric, price_source text, latency_ms integer, first_token_ms integer,
   created_at timestamptz, counts boolean)`;

const COLUMNS = `admin, token, capability, provider, model_id, status, error_code, stream, prompt_tokens,
  completion_tokens, total_tokens, cached_tokens, reasoning_tokens, images, characters, usage_source, cost_usd,
  price_source, latency_ms, first_token_ms, created_at`;

/**
 * One batch of the ledger, given as a JSON array. Rows already there are skipped and counted nowhere again; a
 * reservation of the same id ends with its row, in the month in which it was taken. Callers
 * may repeat a request id of their own making; the later row then carries a suffix, so that none is lost.
 */
export const LEDGER_STATEMENT = `
   with fresh as (
     select r.*, row_number() over (partition by r.request_id order by r.created_at, r.id) as nth
       from (select distinct on (id) * from ${RECORDS} order by id, usage_source is not distinct from 'estimated') r
      where not exists (select 1 from $schema.generation g where g.id = r.id)
   ), written as (
     insert into $schema.generation (id, request_id, ${COLUMNS})
     select f.id,
            case when f.nth > 1 or exists (select 1 from $schema.generation g where g.request_id = f.request_id)
                 then f.request_id || '~' || f.id else f.request_id end,
            ${COLUMNS.replace(/(\w+)/g, 'f.$1')}
       from fresh f
     on conflict (id) do nothing
     returning *
   ), counted as (
     update $schema.model_selection s
        set total_requests = s.total_requests + used.requests,
            last_used_at = greatest(s.last_used_at, used.last_used_at)
       from (select f.selection_id, count(*) as requests, max(f.created_at) as last_used_at
               from fresh f join written w on w.id = f.id
              where f.selection_id is not null and f.status <> 'error' group by f.selection_id) used
      where s.id = used.selection_id
     returning s.id
   ), settled as (
     delete from $schema.usage_reservation r using written w where r.id = w.id
     returning r.id, r.admin, r.provider, r.token, r.month, r.usd
   ), moves as (
     select w.admin, w.provider, w.token,
            coalesce(s.month, (date_trunc('month', w.created_at at time zone 'UTC'))::date) as month,
            1 as requests, coalesce(w.cost_usd, 0) as cost_usd, 0 as released, 0::numeric as released_usd
       from written w join fresh f on f.id = w.id left join settled s on s.id = w.id
      where f.counts and w.provider <> ''
     union all
     select s.admin, s.provider, s.token, s.month, 0, 0, 1, s.usd from settled s
   ), tallied as (
     insert into $schema.usage_counter as c
       (admin, provider, token, month, requests, cost_usd, reserved_requests, reserved_usd)
     select d.admin, d.provider, d.token, d.month, sum(d.requests), sum(d.cost_usd), -sum(d.released), -sum(d.released_usd)
       from (select admin, provider, '' as token, month, requests, cost_usd, released, released_usd from moves
             union all
             select '', '', token, month, requests, cost_usd, released, released_usd from moves where token is not null
            ) d
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4
     on conflict (admin, provider, token, month) do update
        set requests = c.requests + excluded.requests, cost_usd = c.cost_usd + excluded.cost_usd,
            reserved_requests = c.reserved_requests + excluded.reserved_requests,
            reserved_usd = c.reserved_usd + excluded.reserved_usd
     returning 1
   )
   insert into $schema.usage_daily as u
     (day, admin, provider, model_id, capability, requests, errors, aborted, prompt_tokens, completion_tokens,
      cached_tokens, reasoning_tokens, images, characters, cost_usd, unpriced, latency_ms, last_used_at)
   select (w.created_at at time zone 'UTC')::date, w.admin, w.provider, w.model_id, w.capability, count(*),
          count(*) filter (where w.status = 'error'), count(*) filter (where w.status = 'aborted'),
          coalesce(sum(w.prompt_tokens), 0), coalesce(sum(w.completion_tokens), 0),
          coalesce(sum(w.cached_tokens), 0), coalesce(sum(w.reasoning_tokens), 0),
          coalesce(sum(w.images), 0), coalesce(sum(w.characters), 0), coalesce(sum(w.cost_usd), 0),
          count(*) filter (where w.cost_usd is null and w.status <> 'error'), sum(w.latency_ms), max(w.created_at)
     from written w
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
   on conflict (day, admin, provider, model_id, capability) do update
      set requests = u.requests + excluded.requests, errors = u.errors + excluded.errors,
          aborted = u.aborted + excluded.aborted, prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
          completion_tokens = u.completion_tokens + excluded.completion_tokens,
          cached_tokens = u.cached_tokens + excluded.cached_tokens,
          reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens,
          images = u.images + excluded.images, characters = u.characters + excluded.characters,
          cost_usd = u.cost_usd + excluded.cost_usd, unpriced = u.unpriced + excluded.unpriced,
          latency_ms = u.latency_ms + excluded.latency_ms,
          last_used_at = greatest(u.last_used_at, excluded.last_used_at)`;

/**
 * Takes room in every counter and writes the reservation, in one statement: the row locks of the upsert order the
 * callers, so that of any number that come at once only as many pass as there is room for, the very first call of a
 * month included. Answers the counters as they are then, or nothing when a bound is reached.
 * Parameters: counters (JSON), reservation (JSON), lease in seconds.
 */
export const TAKE_ROOM = `
  with wanted as (
    select * from jsonb_to_recordset(?::jsonb) as w
      (admin text, provider text, token text, "maxRequests" bigint, "maxUsd" numeric)
  ), call as (
    select r.*, (date_trunc('month', now() at time zone 'UTC'))::date as month
      from jsonb_to_record(?::jsonb) as r
      (id uuid, request_id text, admin text, token text, provider text, capability text, model_id text,
       selection_id uuid, stream boolean, usd numeric, price_source text, usage jsonb, created_at timestamptz)
  ), taken as (
    insert into $schema.usage_counter as c
      (admin, provider, token, month, reserved_requests, reserved_usd)
    select w.admin, w.provider, w.token, call.month, 1, call.usd
      from wanted w, call
     where (w."maxRequests" is null or w."maxRequests" >= 1)
       and (w."maxUsd" is null or call.usd = 0 or call.usd <= w."maxUsd")
     order by w.admin, w.provider, w.token
    on conflict (admin, provider, token, month) do update
       set reserved_requests = c.reserved_requests + 1, reserved_usd = c.reserved_usd + excluded.reserved_usd
     where exists (
       select 1 from wanted w
        where w.admin = c.admin and w.provider = c.provider and w.token = c.token
          and (w."maxRequests" is null or c.requests + c.reserved_requests + 1 <= w."maxRequests")
          and (w."maxUsd" is null or excluded.reserved_usd = 0
               or c.cost_usd + c.reserved_usd + excluded.reserved_usd <= w."maxUsd"))
    returning c.admin, c.provider, c.token, (c.requests + c.reserved_requests)::text as requests,
              (c.cost_usd + c.reserved_usd)::text as usd
  )
  insert into $schema.usage_reservation
    (id, request_id, admin, token, provider, capability, model_id, selection_id, stream, month, usd, price_source,
     usage, created_at, expires_at)
  select id, request_id, admin, token, provider, capability, model_id, selection_id, stream, month, usd, price_source,
         usage, created_at, now() + make_interval(secs => ?)
    from call
   where (select count(*) from taken) = (select count(*) from wanted)
  returning (select jsonb_agg(to_jsonb(taken)) from taken) as counters`;

/** Gives the room of a call that was never made back. Parameter: reservation id. */
export const GIVE_BACK = `
  with gone as (
    delete from $schema.usage_reservation where id = ?::uuid returning admin, provider, token, month, usd
  ), counters as (
    select admin, provider, '' as token, month, usd from gone
    union all
    select '', '', token, month, usd from gone where token is not null
  )
  update $schema.usage_counter c
     set reserved_requests = c.reserved_requests - 1, reserved_usd = c.reserved_usd - g.usd
    from counters g
   where c.admin = g.admin and c.provider = g.provider and c.token = g.token and c.month = g.month`;

/** Keeps the reservations of running calls. Parameters: ids (JSON array), lease in seconds. Answers those still there. */
export const KEEP = `
  update $schema.usage_reservation set expires_at = now() + make_interval(secs => ?)
   where id in (select value::uuid from jsonb_array_elements_text(?::jsonb))
  returning id`;

/** Reservations whose process is gone. */
export const LEFT_OVER = `
  select id, request_id, admin, token, provider, capability, model_id, selection_id, stream, usd::text as usd,
         price_source, usage, created_at
    from $schema.usage_reservation where expires_at < now() order by expires_at limit 500`;

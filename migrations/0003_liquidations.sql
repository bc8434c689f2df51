-- Published liquidations by the number of their first one (docs/PROTOCOL.md, 9.2). Unique: each is published once.
create unique index mt_events_liquidations on darkpool.mt_events (stream_id, ((data ->> 'first')::bigint))
    where type = 'liquidations_published';

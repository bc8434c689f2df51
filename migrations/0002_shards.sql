-- What the shard logs need beyond Marten: cheap storage of blocks, ways to find them, the fence, and the sealed snapshots.

-- Blocks are ciphertext: trying to compress them costs time and gains nothing.
alter table darkpool.mt_events alter column bdata set storage external;

-- A block by its number, which its header holds at bytes 16 to 23 (docs/PROTOCOL.md, 7). Unique: a log has each number once.
create unique index mt_events_block_number on darkpool.mt_events (stream_id, substring(bdata from 17 for 8)) where type = 'block_appended';

-- The public result of a block by its number; once per block.
create unique index mt_events_execution on darkpool.mt_events (stream_id, ((data ->> 'number')::bigint)) where type = 'block_executed';

-- The facts of a kind, without walking over the blocks between.
create index mt_events_fact on darkpool.mt_events (type, seq_id) where type not in ('block_appended', 'block_executed');

-- The fence. A writer names the epoch it holds in every transaction; taking the shard raises the epoch and moves the stream's version.
create table darkpool.sequencer_epoch (
    shard  bigint      not null primary key,
    epoch  bigint      not null check (epoch > 0),
    holder text        not null,
    taken  timestamptz not null default now()
);

-- Bytes of sealed snapshots. The fact snapshot_sealed in the shard's stream makes them valid: chunks without one are left over from a
-- writer that died, and go with the next snapshot.
create table darkpool.snapshot_chunk (
    snapshot uuid    not null,
    ordinal  integer not null,
    shard    bigint  not null,
    bytes    bytea   not null,
    primary key (snapshot, ordinal)
);
alter table darkpool.snapshot_chunk alter column bytes set storage external;

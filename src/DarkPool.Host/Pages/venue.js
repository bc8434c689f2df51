"use strict";

const refreshMilliseconds = 2000;
const shownBatches = 50;
const longestCell = 24;
const byId = (id) => document.getElementById(id);

function row(cells, numbers = []) {
  const line = document.createElement("tr");
  cells.forEach((text, index) => {
    const cell = document.createElement("td");
    // A hash is recognised by its ends; the whole of it is under the pointer.
    const isLong = String(text).length > longestCell;
    cell.textContent = isLong ? `${text.slice(0, 12)}…${text.slice(-8)}` : text;
    if (isLong) cell.title = text;
    if (numbers.includes(index)) cell.className = "number";
    line.append(cell);
  });
  return line;
}

function terms(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([name, value]) => {
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = name;
    text.textContent = value ?? "–";
    return [term, text];
  }));
}

const time = (microseconds) => microseconds ? new Date(microseconds / 1000).toISOString() : "–";

function showVenue(venue) {
  const { status } = venue;
  byId("state").textContent = status.state;
  byId("state").dataset.live = String(status.state === "live");
  terms(byId("log"), [
    ["Venue", venue.venueId],
    ["Block", status.block.toLocaleString("en")],
    ["Time", time(status.time)],
    ["Head", status.head],
    ["State root", status.stateRoot],
    ["Settlement", `${status.settlement.closed} closed, ${status.settlement.confirmed} confirmed on chain ${venue.chain.chainId}`],
    ["Enclave", venue.enclave ? `${venue.enclave.signingKey} (${venue.enclave.provider}, key epoch ${venue.enclave.keyEpoch})` : null],
  ]);
  const symbols = new Map(venue.assets.map((asset) => [asset.asset, asset.symbol]));
  byId("markets").replaceChildren(...venue.markets.map((market) =>
    row([market.market, market.symbol, symbols.get(market.baseAsset), symbols.get(market.quoteAsset), market.rule])));
  return new Map(venue.markets.map((market) => [market.market, market.symbol]));
}

function showTape(batches, markets) {
  byId("quiet").hidden = batches.length > 0;
  byId("tape").replaceChildren(...[...batches].reverse().flatMap((batch) => batch.markets.map((settled) => row([
    batch.sequence, time(batch.time), markets.get(settled.market) ?? settled.market, settled.price.toLocaleString("en"),
    BigInt(settled.quantity).toLocaleString("en"), settled.trades.toLocaleString("en"), batch.transaction ?? "waiting",
  ], [3, 4, 5]))));
}

async function refresh() {
  try {
    const venue = await (await fetch("/v1/venue")).json();
    const markets = showVenue(venue);
    const after = Math.max(0, venue.status.settlement.closed - shownBatches);
    const tape = await fetch(`/v1/tape?after=${after}&limit=${shownBatches}`);
    if (tape.ok) showTape((await tape.json()).batches, markets);
  } catch {
    byId("state").textContent = "unreachable";
    byId("state").dataset.live = "false";
  } finally {
    setTimeout(refresh, refreshMilliseconds);
  }
}

refresh();

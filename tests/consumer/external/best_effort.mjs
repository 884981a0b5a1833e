// Best-effort confirm, as an external node: hold what the order takes everywhere, then say that it
// is placed, then tell everybody to make it final. It looks right, and works on every good day.
import { createInterface } from "node:readline";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const toAll = (services, type) => services.map((to) => ({ send: { type }, to }));

class Coordinator {
  orders = new Map();

  begin() {
    return [];
  }

  place_order({ order, services }) {
    const known = this.orders.get(order);
    if (known) return [{ reply: known.outcome ?? "in_progress" }];
    this.orders.set(order, { outcome: null, missing: new Set(services) });
    return [...toAll(services, "hold"), { arm: "no_answer", after: "1s" }];
  }

  held(line) {
    const order = this.orders.get(line.order);
    if (!order || order.outcome) return [];
    if (!line.message.yes) return this.end(line, "not_placed", "release");
    order.missing.delete(line.from);
    return order.missing.size ? [] : this.end(line, "placed", "confirm");
  }

  no_answer(line) {
    return this.orders.get(line.order).outcome ? [] : this.end(line, "not_placed", "release");
  }

  end({ order, services }, outcome, word) {
    this.orders.get(order).outcome = outcome;
    return [{ cancel: "no_answer" }, { reply: outcome }, ...toAll(services, word)];
  }
}

export class Service {
  rows = new Map(); // by order: what became of it, and its units

  constructor({ stock, records }) {
    this.free = structuredClone(stock);
    for (const { order, record } of records) this.takeIn(order, record);
  }

  begin() {
    return [];
  }

  /** What a record does to the node: when it is written, and again after a crash. */
  takeIn(order, record) {
    this.rows.set(order, record);
    const isGone = record.type === "released" || record.type === "refused";
    for (const [item, units] of Object.entries(record.units)) {
      const others = this.free[item].filter((unit) => !units.includes(unit));
      this.free[item] = isGone ? [...others, ...units].sort((a, b) => a - b) : others;
    }
  }

  write({ order }, type, units) {
    const record = { type, units };
    this.takeIn(order, record);
    const stated = Object.values(units).flat();
    const facts = type === "refused" ? { refused: true } : { [type]: stated };
    return [{ write: record, facts }, { force: true }];
  }

  stateOf({ order }) {
    return this.rows.get(order) ?? { type: "none", units: {} };
  }

  hold(line) {
    const effects = this.stateOf(line).type === "none" ? this.take(line) : [];
    const yes = ["held", "assigned"].includes(this.stateOf(line).type);
    return [...effects, { await_forces: true }, { answer: { type: "held", yes } }];
  }

  take(line) {
    const wanted = Object.entries(line.takes);
    const isEnough = wanted.every(([item, count]) => this.free[item].length >= count);
    if (!isEnough || line.declines || line.disk_full) return this.write(line, "refused", {});
    const units = wanted.map(([item, count]) => [item, this.free[item].slice(0, count)]);
    return this.write(line, "held", Object.fromEntries(units));
  }

  confirm(line) {
    const row = this.stateOf(line);
    return row.type === "held" ? this.write(line, "assigned", row.units) : [];
  }

  /** It may overtake the hold that it is about, so it leaves a row in any case. */
  release(line) {
    const row = this.stateOf(line);
    if (["released", "refused", "assigned"].includes(row.type)) return [];
    return this.write(line, "released", row.units);
  }
}

/** The handler of a line: of a message its type, of a timer its name. */
const nameOf = (line) =>
  line.type === "message" ? line.message.type : line.type === "timer" ? line.timer : line.type;

/** One line in, one line out, until there are no more. "begin" makes the node anew, with what a
 * crash has left of its records. */
export async function run(roles) {
  let node;
  for await (const text of createInterface({ input: process.stdin })) {
    const line = JSON.parse(text);
    let answer;
    if (line.type === "begin") {
      node = new roles[line.role](line);
      answer = { can: ["begin"], effects: node.begin() };
    } else {
      answer = { effects: node[nameOf(line)](line) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

const isProgram = fileURLToPath(import.meta.url) === realpathSync(process.argv[1]);
if (isProgram) await run({ coordinator: Coordinator, service: Service });

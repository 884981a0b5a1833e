// Best-effort confirm, mended: the coordinator writes down what it is about to ask for and what it
// has decided, before anybody hears of it, and tells everybody until it knows that they know.
import * as bestEffort from "./best_effort.mjs";

class Coordinator {
  orders = new Map(); // by number: services, outcome, whether all know it, who is missing

  constructor({ records }) {
    for (const { order, record } of records) this.takeIn(order, record);
  }

  takeIn(number, record) {
    if (record.type === "begun") {
      const { services } = record;
      const missing = new Set(services);
      this.orders.set(number, { services, missing, outcome: null, hasEnded: false, attempts: 0 });
    } else if (record.type === "decided") {
      this.orders.get(number).outcome = record.outcome;
    } else {
      this.orders.get(number).hasEnded = true;
    }
  }

  write(order, record, facts = {}) {
    this.takeIn(order, record);
    return { write: record, order, facts };
  }

  /** After a crash: what was not decided is not placed, and who may not know is told. */
  begin() {
    const effects = [];
    for (const [number, order] of [...this.orders].sort(([a], [b]) => a - b)) {
      if (!order.outcome) effects.push(...this.decide(number, "not_placed"));
      else if (!order.hasEnded) effects.push(...this.tell(number));
    }
    return effects;
  }

  place_order({ order, services }) {
    const known = this.orders.get(order);
    if (known) return [{ await_forces: true }, { reply: known.outcome ?? "in_progress" }];
    const begun = this.write(order, { type: "begun", services });
    const asked = bestEffort.toAll(services, "hold");
    return [begun, { force: true }, ...asked, { arm: "no_answer", after: "1s" }];
  }

  held(line) {
    const order = this.orders.get(line.order);
    if (!order || order.outcome) return [];
    if (!line.message.yes) return this.decide(line.order, "not_placed");
    order.missing.delete(line.from);
    return order.missing.size ? [] : this.decide(line.order, "placed");
  }

  no_answer(line) {
    return this.orders.get(line.order).outcome ? [] : this.decide(line.order, "not_placed");
  }

  /** Nobody hears of a decision that a crash could take back. */
  decide(number, outcome) {
    const order = this.orders.get(number);
    const decided = outcome === "placed" ? "commit" : "abort";
    const record = this.write(number, { type: "decided", outcome }, { decided });
    order.missing = new Set(order.services);
    return [
      { cancel: "no_answer", order: number },
      record,
      { force: true },
      { reply: outcome, order: number },
      ...this.tell(number),
    ];
  }

  tell(number) {
    const order = this.orders.get(number);
    const type = order.outcome === "placed" ? "confirm" : "release";
    const told = [...order.missing].map((to) => ({ send: { type }, to, order: number }));
    const pause = Math.min(100 * 2 ** order.attempts++, 5000);
    return [...told, { arm: "tell_again", after: `${pause}ms`, order: number }];
  }

  tell_again(line) {
    return this.tell(line.order);
  }

  known(line) {
    const order = this.orders.get(line.order);
    if (!order || order.hasEnded || !order.outcome) return [];
    order.missing.delete(line.from);
    if (order.missing.size) return [];
    // Not forced: without it everybody is told once more.
    return [{ cancel: "tell_again" }, this.write(line.order, { type: "ended" })];
  }
}

/** It says that it knows, when a crash could not make it forget. */
class Service extends bestEffort.Service {
  confirm(line) {
    return [...super.confirm(line), ...Service.sayKnown];
  }

  release(line) {
    return [...super.release(line), ...Service.sayKnown];
  }

  static sayKnown = [{ await_forces: true }, { answer: { type: "known" } }];
}

await bestEffort.run({ coordinator: Coordinator, service: Service });

"""Best-effort confirm, mended: the coordinator writes down what it is about to ask for and what it
has decided, before anybody hears of it, and tells everybody until it knows that they know."""
import best_effort


class Coordinator:
    def __init__(self, line):
        self.orders = {}  # by number: services, outcome, whether all know it, who is missing
        for entry in line["records"]:
            self.take_in(entry["order"], entry["record"])

    def take_in(self, number, record):
        if record["type"] == "begun":
            services = record["services"]
            self.orders[number] = {"services": services, "missing": list(services),
                                   "outcome": None, "ended": False, "attempts": 0}
        elif record["type"] == "decided":
            self.orders[number]["outcome"] = record["outcome"]
        else:
            self.orders[number]["ended"] = True

    def write(self, number, record, facts={}):
        self.take_in(number, record)
        return [{"write": record, "order": number, "facts": facts}]

    def begin(self):
        """After a crash: what was not decided is not placed, and who may not know is told."""
        effects = []
        for number, order in sorted(self.orders.items()):
            if order["outcome"] is None:
                effects += self.decide(number, "not_placed")
            elif not order["ended"]:
                effects += self.tell(number)
        return effects

    def place_order(self, line):
        number = line["order"]
        if number in self.orders:
            reply = self.orders[number]["outcome"] or "in_progress"
            return [{"await_forces": True}, {"reply": reply}]
        effects = self.write(number, {"type": "begun", "services": line["services"]})
        return (effects + [{"force": True}] + best_effort.to_all(line["services"], "hold") +
                [{"arm": "no_answer", "after": "1s"}])

    def held(self, line):
        order = self.orders.get(line["order"])
        if order is None or order["outcome"]:
            return []
        if not line["message"]["yes"]:
            return self.decide(line["order"], "not_placed")
        if line["from"] in order["missing"]:
            order["missing"].remove(line["from"])
        return [] if order["missing"] else self.decide(line["order"], "placed")

    def no_answer(self, line):
        order = self.orders[line["order"]]
        return [] if order["outcome"] else self.decide(line["order"], "not_placed")

    def decide(self, number, outcome):
        """Nobody hears of a decision that a crash could take back."""
        order = self.orders[number]
        decided = "commit" if outcome == "placed" else "abort"
        record = {"type": "decided", "outcome": outcome}
        effects = [{"cancel": "no_answer", "order": number}]
        effects += self.write(number, record, {"decided": decided})
        effects += [{"force": True}, {"reply": outcome, "order": number}]
        order["missing"] = list(order["services"])
        return effects + self.tell(number)

    def tell(self, number):
        order = self.orders[number]
        word = "confirm" if order["outcome"] == "placed" else "release"
        effects = [{"send": {"type": word}, "to": service, "order": number}
                   for service in order["missing"]]
        pause = min(100 * 2 ** order["attempts"], 5000)
        order["attempts"] += 1
        return effects + [{"arm": "tell_again", "after": f"{pause}ms", "order": number}]

    def tell_again(self, line):
        return self.tell(line["order"])

    def known(self, line):
        order = self.orders.get(line["order"])
        if order is None or order["ended"] or order["outcome"] is None:
            return []
        if line["from"] in order["missing"]:
            order["missing"].remove(line["from"])
        if order["missing"]:
            return []
        # Not forced: without it everybody is told once more.
        return [{"cancel": "tell_again"}] + self.write(line["order"], {"type": "ended"})


class Service(best_effort.Service):
    """It says that it knows, when a crash could not make it forget."""

    def confirm(self, line):
        return super().confirm(line) + self.say_known()

    def release(self, line):
        return super().release(line) + self.say_known()

    @staticmethod
    def say_known():
        return [{"await_forces": True}, {"answer": {"type": "known"}}]


if __name__ == "__main__":
    best_effort.run({"coordinator": Coordinator, "service": Service})

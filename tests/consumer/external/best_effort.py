"""Best-effort confirm, as an external node: hold what the order takes everywhere, then say that it
is placed, then tell everybody to make it final. It looks right, and it works on every good day."""
import json
import sys


def to_all(services, kind):
    return [{"send": {"type": kind}, "to": service} for service in services]


class Coordinator:
    def __init__(self, line):
        self.orders = {}

    def begin(self):
        return []

    def place_order(self, line):
        if line["order"] in self.orders:
            return [{"reply": self.orders[line["order"]]["outcome"] or "in_progress"}]
        self.orders[line["order"]] = {"outcome": None, "missing": list(line["services"])}
        return to_all(line["services"], "hold") + [{"arm": "no_answer", "after": "1s"}]

    def held(self, line):
        order = self.orders.get(line["order"])
        if order is None or order["outcome"]:
            return []
        if not line["message"]["yes"]:
            return self.end(line, "not_placed", "release")
        if line["from"] in order["missing"]:
            order["missing"].remove(line["from"])
        return [] if order["missing"] else self.end(line, "placed", "confirm")

    def no_answer(self, line):
        order = self.orders[line["order"]]
        return [] if order["outcome"] else self.end(line, "not_placed", "release")

    def end(self, line, outcome, word):
        self.orders[line["order"]]["outcome"] = outcome
        return [{"cancel": "no_answer"}, {"reply": outcome}] + to_all(line["services"], word)


class Service:
    def __init__(self, line):
        self.free = {item: list(units) for item, units in line["stock"].items()}
        self.rows = {}  # by order: what became of it, and its units
        for entry in line["records"]:
            self.take_in(entry["order"], entry["record"])

    def begin(self):
        return []

    def take_in(self, order, record):
        """What a record does to the node: when it is written, and again after a crash."""
        self.rows[order] = record
        for item, units in record["units"].items():
            gone = record["type"] in ("released", "refused")
            others = [unit for unit in self.free[item] if unit not in units]
            self.free[item] = sorted(others + units) if gone else others

    def write(self, line, what, units):
        record = {"type": what, "units": units}
        self.take_in(line["order"], record)
        stated = [unit for item in units.values() for unit in item]
        facts = {"refused": True} if what == "refused" else {what: stated}
        return [{"write": record, "facts": facts}, {"force": True}]

    def state_of(self, line):
        return self.rows.get(line["order"], {"type": "none", "units": {}})

    def hold(self, line):
        effects = []
        if self.state_of(line)["type"] == "none":
            units = {item: self.free[item][:count] for item, count in line["takes"].items()}
            enough = all(len(units[item]) == count for item, count in line["takes"].items())
            if enough and "declines" not in line and "disk_full" not in line:
                effects = self.write(line, "held", units)
            else:
                effects = self.write(line, "refused", {})
        yes = self.state_of(line)["type"] in ("held", "assigned")
        return effects + [{"await_forces": True}, {"answer": {"type": "held", "yes": yes}}]

    def confirm(self, line):
        row = self.state_of(line)
        return self.write(line, "assigned", row["units"]) if row["type"] == "held" else []

    def release(self, line):
        """It may overtake the hold that it is about, so it leaves a row in any case."""
        row = self.state_of(line)
        if row["type"] in ("released", "refused", "assigned"):
            return []
        return self.write(line, "released", row["units"])


def name_of(line):
    """The handler of a line: of a message its type, of a timer its name."""
    if line["type"] == "message":
        return line["message"]["type"]
    return line["timer"] if line["type"] == "timer" else line["type"]


def run(roles):
    """One line in, one line out, until there are no more. "begin" makes the node anew, with what a
    crash has left of its records."""
    node = None
    for text in sys.stdin:
        line = json.loads(text)
        if line["type"] == "begin":
            node = roles[line["role"]](line)
            answer = {"can": ["begin"], "effects": node.begin()}
        else:
            answer = {"effects": getattr(node, name_of(line))(line)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    run({"coordinator": Coordinator, "service": Service})

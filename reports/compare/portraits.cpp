#include <algorithm>
#include <map>
#include <set>

#include "reports/compare/answers.hpp"
#include "reports/compare/measures.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Kind = Sentence::Kind;
using properties::Property;
using properties::Verdict;

/// What matters most to whoever places orders comes first; then the order of the reports.
constexpr std::array first_named{Property::atomicity, Property::no_leak, Property::termination,
                                 Property::non_blocking, Property::truthful_reply};
constexpr std::size_t most_kept_named = 5;

std::vector<Property> in_order_of_weight() {
  std::vector<Property> order{first_named.begin(), first_named.end()};
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    const bool is_new = std::find(order.begin(), order.end(), decl.property) == order.end();
    if (is_new) order.push_back(decl.property);
  }
  return order;
}

/// Where a verdict was found.
struct Found {
  std::set<std::size_t> classes;
  std::set<std::size_t> rows;
  bool operator<(const Found& other) const {
    return std::pair{classes, rows} < std::pair{other.classes, other.rows};
  }
};

/// Tells of one protocol.
class Teller {
 public:
  Teller(const Board& board, const std::vector<std::size_t>& rows) : board_{board} {
    for (const std::size_t row : rows) {
      (board.rows[row].is_published ? samples_ : hardened_).push_back(row);
    }
    if (hardened_.empty()) samples_.swap(hardened_);  // then it is all that there is
  }

  Portrait portrait() const {
    const Row& row = board_.rows[hardened_.front()];
    Portrait made{.protocol = row.protocol, .idea = row.idea};
    add(made, keeps());
    add(made, loses());
    add(made, owes());
    add(made, costs());
    add(made, of_samples());
    return made;
  }

 private:
  static void add(Portrait& portrait, Sentence sentence) {
    if (!sentence.pieces.empty()) portrait.sentences.push_back(std::move(sentence));
  }

  /// Where the rows have this verdict.
  Found find(const Group& rows, Property property, Verdict verdict) const {
    Found found;
    for (const std::size_t row : rows) {
      for (std::size_t i = 0; i < board_.classes.size(); ++i) {
        const CellOutcome* cell = board_.rows[row].places[i].cell;
        if (cell == nullptr || cell->result[property].verdict() != verdict) continue;
        found.classes.insert(i);
        found.rows.insert(row);
      }
    }
    return found;
  }
  bool has(const Group& rows, Property property, Verdict verdict) const {
    return !find(rows, property, verdict).rows.empty();
  }
  bool is_lost(Property property) const { return has(hardened_, property, Verdict::violated); }
  bool is_owed(Property property) const { return has(hardened_, property, Verdict::owed); }

  Sentence keeps() const {
    std::vector<std::string> kept;
    for (const Property property : in_order_of_weight()) {
      if (is_lost(property) || is_owed(property)) continue;
      if (has(hardened_, property, Verdict::holds)) kept.emplace_back(name_of(property));
    }
    Sentence sentence;
    if (kept.empty()) return sentence;
    sentence.add(Kind::topic, "Keeps");
    if (kept.size() > most_kept_named + 1) {
      const std::size_t more = kept.size() - most_kept_named;
      kept.resize(most_kept_named);
      kept.push_back(std::to_string(more) + " more");
    }
    sentence.add(" " + listed(kept) + ".");
    return sentence;
  }

  /// "(partition, pause; only termination=timeout, skeen)".
  std::string where(const Found& found) const {
    std::string text;
    if (found.classes.size() == board_.classes.size() && board_.classes.size() > 1) {
      text = "in " + all_classes(board_);
    } else {
      std::vector<std::string> names;
      for (const std::size_t of_class : found.classes) names.push_back(board_.classes[of_class]);
      text = listed(names);
    }
    if (found.rows.size() == hardened_.size()) return text;
    const std::string details = details_text(board_, {found.rows.begin(), found.rows.end()});
    return text + "; only " + (details.empty() ? "without options" : details);
  }

  /// What was found alike is said once.
  std::string told_together(Verdict verdict) const {
    std::vector<std::pair<Found, std::vector<std::string>>> all;
    for (const Property property : in_order_of_weight()) {
      if (verdict == Verdict::owed && is_lost(property)) continue;
      const Found found = find(hardened_, property, verdict);
      if (found.rows.empty()) continue;
      const auto same = std::find_if(all.begin(), all.end(), [&](const auto& known) {
        return !(known.first < found) && !(found < known.first);
      });
      if (same == all.end()) {
        all.push_back({found, {std::string{name_of(property)}}});
      } else {
        same->second.emplace_back(name_of(property));
      }
    }
    std::string text;
    for (const auto& [found, names] : all) {
      text += (text.empty() ? "" : "; ") + listed(names) + " (" + where(found) + ")";
    }
    return text;
  }

  std::string nothing_lost() const {
    return board_.classes.size() == 1 ? "nothing in " + board_.classes.front()
                                      : "nothing in any class";
  }

  Sentence loses() const {
    const std::string text = told_together(Verdict::violated);
    Sentence sentence{.sign = text.empty() ? Verdict::holds : Verdict::violated};
    sentence.add(Kind::topic, "Loses");
    sentence.add(" " + (text.empty() ? nothing_lost() : text) + ".");
    return sentence;
  }

  Sentence owes() const {
    const std::string text = told_together(Verdict::owed);
    Sentence sentence{.sign = Verdict::owed};
    if (text.empty()) return sentence;
    sentence.add(Kind::topic, "Owes");
    sentence.add(" " + text + ".");
    return sentence;
  }

  /// In the first class that has an order placed: the figures of its first row.
  Sentence costs() const {
    Sentence sentence;
    for (std::size_t i = 0; i < board_.classes.size(); ++i) {
      const CellOutcome* cell = board_.rows[hardened_.front()].places[i].cell;
      if (cell == nullptr || cell->result.outcomes.placed == 0) continue;
      const std::uint64_t orders = cell->result.outcomes.orders();
      sentence.add(Kind::topic, "Costs");
      sentence.add(" " + share(cell->result.metrics.messages, orders) + " messages and " +
                   share(cell->result.metrics.forced_writes, orders) + " forces an order");
      if (const auto median = latency_with_unknown(*cell, 50)) {
        sentence.add(", " + rounded(*median) + " until half are placed");
      }
      sentence.add(", in " + board_.classes[i] + with_details() + ".");
      break;
    }
    return sentence;
  }

  /// Which of several variants the figures are of.
  std::string with_details() const {
    if (hardened_.size() == 1) return {};
    const std::string details = details_text(board_, {hardened_.front()});
    return details.empty() ? " without options" : " with " + details;
  }

  Sentence of_samples() const {
    Sentence sentence;
    if (samples_.empty()) return sentence;
    std::vector<std::string> more;
    for (const Property property : in_order_of_weight()) {
      if (!is_lost(property) && has(samples_, property, Verdict::violated)) {
        more.emplace_back(name_of(property));
      }
    }
    sentence.add(Kind::topic, "As published");
    sentence.add(more.empty() ? " it loses no more." : " it loses " + listed(more) + ", too.");
    return sentence;
  }

  const Board& board_;
  Group hardened_;
  Group samples_;
};

}  // namespace

std::vector<Portrait> portraits_of(const Board& board) {
  std::vector<Portrait> portraits;
  std::set<std::string> told;
  for (const Row& row : board.rows) {
    if (!told.insert(row.protocol).second) continue;
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < board.rows.size(); ++i) {
      if (board.rows[i].protocol == row.protocol) rows.push_back(i);
    }
    portraits.push_back(Teller{board, rows}.portrait());
  }
  return portraits;
}

}  // namespace indoubt::reports

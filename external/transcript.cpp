#include "external/transcript.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/mix.hpp"

namespace indoubt::external {

Transcript& Transcript::operator=(const Transcript& other) {
  Transcript copy{other};
  std::swap(last_, copy.last_);
  return *this;
}

Transcript& Transcript::operator=(Transcript&& other) noexcept {
  std::swap(last_, other.last_);
  return *this;
}

/// Link by link: a chain that ended by itself would end within each other, once for each link.
void Transcript::let_go() {
  while (last_ != nullptr && last_.use_count() == 1) {
    std::shared_ptr<Link> before = std::move(last_->before);
    last_ = std::move(before);
  }
  last_.reset();
}

void Transcript::add(Exchange exchange) {
  const std::uint64_t digest = sim::mix(sim::mix(this->digest(), sim::hash_name(exchange.line)),
                                        sim::hash_name(exchange.answer));
  last_ = std::make_shared<Link>(Link{std::move(exchange), size() + 1, digest, last_});
}

std::size_t Transcript::size() const { return last_ == nullptr ? 0 : last_->size; }

std::vector<const Exchange*> Transcript::all() const {
  std::vector<const Exchange*> all;
  for (const Link* link = last_.get(); link != nullptr; link = link->before.get())
    all.push_back(&link->exchange);
  std::reverse(all.begin(), all.end());
  return all;
}

bool Transcript::operator==(const Transcript& other) const {
  return last_ == other.last_ || (size() == other.size() && digest() == other.digest());
}

std::string to_text(const Transcript& transcript) {
  std::string text = "[";
  for (const Exchange* exchange : transcript.all()) {
    text += (text.size() > 1 ? ", " : "") + exchange->line + " -> " + exchange->answer;
  }
  return text + "]";
}

}  // namespace indoubt::external

#include "lab/lessons.hpp"

#include <algorithm>

#include "lab/lesson_texts.hpp"
#include "sim/base/check.hpp"

namespace indoubt::lab {
namespace {

constexpr std::array<Lesson, 6> all_lessons{{
    {.name = "why-two-phase-commit-blocks",
     .title = "Why two-phase commit blocks",
     .story = "Store and courier have done the work and voted yes. The coordinator has both votes "
              "and crashes for good before it writes its decision down.",
     .question = "What do the two services do?",
     .choices = {"both give back what they hold", "both go ahead: all voted yes",
                 "both wait, and keep what they hold"},
     .right = 2,
     .answer =
         "Whoever voted yes has given its word. It may not abort, since the coordinator could "
         "have told somebody commit; it may not commit, since somebody else could have voted "
         "no. It asks, and asks again, and its packet is nobody's meanwhile: that is being in "
         "doubt.",
     .truth = {.violated = "non-blocking", .holds = "atomicity"}},
    {.name = "three-phase-commit-and-a-cut",
     .title = "Why three-phase commit is no cure",
     .story =
         "Three-phase commit never blocks when a node crashes. Here nobody crashes: the courier "
         "votes yes, and then the network cuts it off for five seconds, longer than anybody "
         "waits.",
     .question = "What becomes of the order?",
     .choices = {"the store assigns its packet, the courier lets its agent go",
                 "nobody decides until the cut is over", "both abort when they have waited enough"},
     .right = 0,
     .answer = "Silence is taken for a crash. The coordinator goes on without the courier and "
               "commits; the courier has heard nothing of that, takes the others for dead and "
               "aborts. Not to block was bought with agreement, which holds only where the network "
               "never splits.",
     .truth = {.violated = "agreement", .holds = "non-blocking"}},
    {.name = "what-paxos-commit-pays",
     .title = "What Paxos Commit pays",
     .story =
         "The coordinator is lost for good as soon as both services have voted, as in the first "
         "lesson. But the votes go to three acceptors, and two of them are enough to know the "
         "outcome.",
     .question = "Does it block, and what does it pay when nothing goes wrong?",
     .choices = {"it blocks all the same", "it does not block; every order costs more messages",
                 "it does not block, and costs the same"},
     .right = 1,
     .answer = "An acceptor takes over, asks another for what it has accepted, and tells the "
               "services. The price is paid by each order, whether anything goes wrong or not: the "
               "votes go to several acceptors, each of which forces its disk.",
     .truth = {.holds = "non-blocking",
               .other = "two-phase-commit",
               .costs_more_than_other = true}},
    {.name = "a-hold-that-expires",
     .title = "A hold that expires",
     .story = "The store assigns its packet. Then nobody can reach the courier for eight seconds, "
              "and a reservation lives for five. This is reserve and assign as it was published.",
     .question = "What becomes of the order?",
     .choices = {"it is placed, late", "it is not placed, and nothing stays taken",
                 "it is not placed, and a packet stays taken for ever"},
     .right = 2,
     .answer =
         "The courier's hold runs out behind the cut, so its half is refused. The store's half "
         "is assigned already, and assigned is for good: the sample has no step that gives it "
         "back. Choose the hardened variant, and look for the step that it adds.",
     .truth = {.violated = "no-leak", .holds = "reservation-expiry"}},
    {.name = "an-outbox-without-an-inbox",
     .title = "An outbox without an inbox",
     .story = "The order and its messages are one transaction: none is lost, none is told of an "
              "order that never was. The store acts on whatever message comes. Its first "
              "acknowledgement is lost on the way.",
     .question = "How many packets does the order get?",
     .choices = {"none", "one", "two"},
     .right = 2,
     .answer = "The broker cannot tell a lost acknowledgement from a lost message, so it delivers "
               "again. An outbox promises at least once, not exactly once: the other half is an "
               "inbox, where the consumer keeps what it has seen. Take the mutant out of the "
               "scenario, and it has one.",
     .truth = {.violated = "exactly-once", .holds = "no-loss"}},
    {.name = "a-saga-seen-half-done",
     .title = "A saga seen half done",
     .story = "Two orders want the last packet. The saga of the first takes it, and gives it back, "
              "because the courier declines. The second comes in between.",
     .question = "What is the second order told?",
     .choices = {"that there is no packet, though there is one in a moment",
                 "it waits for the first, and gets the packet", "it gets the packet at once"},
     .right = 0,
     .answer =
         "A saga's steps are visible at once, also those that will be undone. The second order "
         "reads what never came to be, and is refused for it. Each saga keeps its promise; "
         "that they do not see each other half done is one that sagas never made.",
     .truth = {.violated = "isolation", .holds = "atomicity"}},
}};

std::string_view text_named(std::string_view name) {
  const auto texts = lesson_texts();
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const LessonText& text) { return text.name == name; });
  INDOUBT_CHECK(found != texts.end());
  return found->text;
}

}  // namespace

std::span<const Lesson> lessons() { return all_lessons; }

std::string_view lesson_text(const Lesson& lesson) { return text_named(lesson.name); }

std::string_view start_text() { return text_named("start"); }

}  // namespace indoubt::lab

// The engine of pages that make runs themselves, for WebAssembly: what a worker calls. Text goes
// through one buffer each way, as UTF-8.
#include <cstddef>
#include <string>

#include "lab/answer.hpp"

namespace {

std::string request;
std::string reply;

}  // namespace

extern "C" {

/// Where to write a request of so many bytes.
__attribute__((export_name("room_for"))) char* room_for(std::size_t bytes) {
  request.assign(bytes, '\0');
  return request.data();
}

/// Answers it, and gives the length of the answer.
__attribute__((export_name("answer"))) std::size_t answer_request() {
  reply = indoubt::lab::answer(request);
  return reply.size();
}

/// Where the answer is.
__attribute__((export_name("answer_at"))) const char* answer_at() { return reply.data(); }
}

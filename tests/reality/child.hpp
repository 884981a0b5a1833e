#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace indoubt::reality {

/// What a coordinator tells its client, by way of a pipe: what is written before it dies arrives.
class Client {
 public:
  explicit Client(int pipe) : pipe_{pipe} {}
  void reply(const std::string& word) const;

 private:
  int pipe_;
};

/// A process that goes on with what this program does, so that it can be killed.
class Child {
 public:
  explicit Child(const std::function<void(const Client&)>& work);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool is_running() const;
  /// Waits until it has told its client something, or has ended.
  void await_word();
  /// Waits for its end. False if it was killed; throws std::runtime_error if it went wrong.
  bool await_end();
  /// What it told its client, known after its end.
  std::vector<std::string> told() const;

 private:
  /// Whether more may come.
  bool hear();

  pid_t process_ = 0;
  int pipe_ = -1;
  std::string heard_{};
};

}  // namespace indoubt::reality

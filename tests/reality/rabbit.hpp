#pragma once

#include <string>

#include "tests/reality/process.hpp"

namespace indoubt::reality {

/// One RabbitMQ node with folders, ports and a name server of its own, on the loopback interface.
class Rabbit {
 public:
  /// Sets it up in `folder`/rabbit and starts its name server. Throws std::runtime_error.
  explicit Rabbit(const std::string& folder);
  ~Rabbit();
  Rabbit(const Rabbit&) = delete;
  Rabbit& operator=(const Rabbit&) = delete;

  /// The program of the newest version, or nothing.
  static std::string program();
  /// "3.10.8"
  static std::string version();

  void start();
  /// kill -9 of it and all its processes.
  void kill();
  bool is_up() const { return is_running(process_); }
  int port() const { return port_; }

 private:
  User user_ = server_user("rabbitmq");
  std::string folder_;
  int port_;
  int names_port_;
  int distribution_port_;
  pid_t names_ = 0;
  pid_t process_ = 0;
};

}  // namespace indoubt::reality

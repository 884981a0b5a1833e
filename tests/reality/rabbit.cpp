#include "tests/reality/rabbit.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/reality/amqp.hpp"

namespace indoubt::reality {
namespace {

/// The system gives away no port twice in a row.
int free_port() {
  const int server = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  const bool is_bound = bind(server, plain, size) == 0 && getsockname(server, plain, &size) == 0;
  close(server);
  if (!is_bound) throw std::runtime_error{"there is no free port"};
  return ntohs(address.sin_port);
}

/// "rabbitmq_server-3.10.8", or nothing.
std::filesystem::path installed() {
  std::filesystem::path newest;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator{"/usr/lib/rabbitmq/lib", none}) {
    if (std::filesystem::exists(entry.path() / "sbin/rabbitmq-server")) newest = entry.path();
  }
  return newest;
}

}  // namespace

std::string Rabbit::program() {
  return installed().empty() ? "" : (installed() / "sbin/rabbitmq-server").string();
}

std::string Rabbit::version() {
  const std::string name = installed().filename().string();
  return name.substr(name.find('-') + 1);
}

/// Its name server would become a daemon if the broker started it.
Rabbit::Rabbit(const std::string& folder)
    : folder_{folder + "/rabbit"},
      port_{free_port()},
      names_port_{free_port()},
      distribution_port_{free_port()} {
  make_folder(folder_, user_);
  std::ofstream{folder_ + "/rabbitmq.conf"} << "listeners.tcp.1 = 127.0.0.1:" << port_ << "\n";
  std::ofstream{folder_ + "/enabled_plugins"} << "[].\n";
  names_ = spawn({"epmd", "-address", "127.0.0.1", "-port", std::to_string(names_port_)}, user_, {},
                 folder_ + "/epmd.log");
}

Rabbit::~Rabbit() {
  kill();
  kill_tree(names_);
}

void Rabbit::start() {
  const Environment environment{{"HOME", folder_},
                                {"RABBITMQ_NODENAME", "reality@localhost"},
                                {"RABBITMQ_MNESIA_BASE", folder_ + "/mnesia"},
                                {"RABBITMQ_LOG_BASE", folder_ + "/log"},
                                {"RABBITMQ_CONFIG_FILE", folder_ + "/rabbitmq.conf"},
                                {"RABBITMQ_ENABLED_PLUGINS_FILE", folder_ + "/enabled_plugins"},
                                {"RABBITMQ_CONF_ENV_FILE", "/dev/null"},
                                {"RABBITMQ_DIST_PORT", std::to_string(distribution_port_)},
                                {"ERL_EPMD_PORT", std::to_string(names_port_)},
                                {"ERL_EPMD_ADDRESS", "127.0.0.1"},
                                {"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                 "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}"}};
  process_ = spawn({program()}, user_, environment, folder_ + "/output");
  for (int tries = 0; tries < 2'000; ++tries) {
    try {
      const Channel channel{*this};
      return;
    } catch (const Gone&) {
    }
    if (!is_up()) break;
    pause_for(50);
  }
  throw std::runtime_error{"RabbitMQ does not start: see " + folder_ + "/output"};
}

void Rabbit::kill() {
  kill_tree(process_);
  process_ = 0;
}

}  // namespace indoubt::reality

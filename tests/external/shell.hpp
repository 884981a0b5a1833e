#pragma once

#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace indoubt::external {

/// A node that is a line of shell.
inline std::vector<std::string> shell(const std::string& script) { return {"sh", "-c", script}; }

/// Whether the process has ended, and nobody has asked how.
inline bool is_zombie(int process) {
  std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
  std::string number, name, state;
  file >> number >> name >> state;
  return state == "Z";
}

inline void nap() { std::this_thread::sleep_for(std::chrono::milliseconds{5}); }

}  // namespace indoubt::external

#pragma once

#include <string>

namespace indoubt::reports {

/// Says how the program was called: `argv[0]`. Before anything is reported.
void set_program(std::string path);

/// How it was called, "indoubt" unless told: for commands in files, which are read elsewhere.
const std::string& program_path();
/// The last part of that, "indoubt" or the name of a program with protocols of its own: for
/// commands on the terminal.
std::string program_name();

/// "indoubt trace FILE", as a shell needs it.
std::string command(const std::string& verb, const std::string& file);

}  // namespace indoubt::reports

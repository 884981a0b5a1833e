#include "indoubt/protocol.hpp"

int main(int argc, char** argv) { return indoubt::run_program(argc, argv, {}); }

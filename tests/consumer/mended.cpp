// The program of best-effort confirm, mended, with a property of its own.
#include "mended.hpp"
#include "short_holds.hpp"

int main(int argc, char** argv) {
  return indoubt::run_program(argc, argv, {mended::family()},
                              {indoubt::properties::OwnProperty{ShortHolds{}}});
}

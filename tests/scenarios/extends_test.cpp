#include <filesystem>
#include <fstream>
#include <string>

#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone at the end of the test.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = fs::temp_directory_path() /
            ("indoubt-extends-" + std::to_string(++count) + "-" +
             std::to_string(fs::file_time_type::clock::now().time_since_epoch().count()));
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name} << text;
  }

  ReadResult read(const std::string& name) const {
    return read_scenario_file((path_ / name).string(), example_knowledge());
  }

  Scenario read_valid(const std::string& name) const {
    ReadResult result = read(name);
    if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) FAIL(format(*errors));
    return std::get<Scenario>(std::move(result));
  }

  /// Headlines, with paths relative to the folder.
  std::vector<std::string> errors_in(const std::string& name) const {
    const ReadResult result = read(name);
    std::vector<std::string> lines;
    const auto* errors = std::get_if<std::vector<Diagnostic>>(&result);
    if (errors == nullptr) return lines;
    for (const Diagnostic& diagnostic : *errors) {
      std::string line = headline(diagnostic);
      for (std::size_t at = line.find(path_.string()); at != std::string::npos;
           at = line.find(path_.string())) {
        line.erase(at, path_.string().size());
      }
      lines.push_back(line);
    }
    return lines;
  }

 private:
  fs::path path_{};
};

std::string extending(const std::string& files) {
  return replaced(small_scenario(), "\"format\": 1,",
                  "\"format\": 1, \"extends\": [" + files + "],");
}

std::string without_network(const std::string& text) {
  return replaced(text, "  \"network\": { \"latency\": \"5ms\" },\n", "");
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("extends: profiles merge in order, and the file's own content wins",
          "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/slow.json", R"({ "network": { "latency": "80ms", "loss": 0.1 } })");
  folder.write("profiles/lossy.json", R"({ "network": { "loss": 0.25 }, "tags": ["lossy"] })");
  folder.write("food/a.json", extending(R"("profiles/slow.json", "profiles/lossy.json")"));
  const Scenario scenario = folder.read_valid("food/a.json");
  const sim::LinkQuality& network = scenario.cells.at(0).deployment.network;
  CHECK(network.latency == sim::Distribution::constant(std::chrono::milliseconds{5}));
  CHECK(network.loss.parts_per_billion == 250'000'000);
  CHECK(scenario.tags == std::vector<std::string>{"lossy"});
}

TEST_CASE("extends: the merged text needs no other files", "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/lossy.json", R"({ "network": { "loss": 0.10 }, "tags": ["lossy"] })");
  folder.write("food/a.json", extending(R"("profiles/lossy.json")"));
  const auto text = read_merged_text((folder.path() / "food/a.json").string());
  REQUIRE(text);
  CHECK(text->find("extends") == std::string::npos);
  CHECK(text->find("0.10") != std::string::npos);  // numbers as they were written
  const ReadResult read = read_scenario_text(*text, "elsewhere/a.json", example_knowledge());
  REQUIRE(std::holds_alternative<Scenario>(read));
  const Scenario scenario = folder.read_valid("food/a.json");
  CHECK(std::get<Scenario>(read).cells.at(0).deployment == scenario.cells.at(0).deployment);
  CHECK(std::get<Scenario>(read).expectations == scenario.expectations);
}

TEST_CASE("extends: what cannot be read has no merged text", "[scenarios][extends]") {
  const Folder folder;
  folder.write("food/a.json", extending(R"("profiles/none.json")"));
  CHECK_FALSE(read_merged_text((folder.path() / "food/a.json").string()));
  CHECK_FALSE(read_merged_text((folder.path() / "food/b.json").string()));
}

TEST_CASE("extends: null takes away what a profile says", "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/slow.json", R"({ "network": { "latency": "80ms", "loss": 0.1 } })");
  folder.write("a.json", replaced(extending(R"("profiles/slow.json")"), R"("latency": "5ms")",
                                  R"("loss": null)"));
  const Scenario scenario = folder.read_valid("a.json");
  CHECK(scenario.cells.at(0).deployment.network.loss.is_zero());
}

TEST_CASE("extends: profiles may extend others, from the same root", "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/base.json", R"({ "network": { "latency": "80ms" } })");
  folder.write("profiles/deep/more.json",
               R"({ "extends": ["profiles/base.json"], "network": { "loss": 0.5 } })");
  folder.write("x/y/a.json", without_network(extending(R"("profiles/deep/more.json")")));
  const Scenario scenario = folder.read_valid("x/y/a.json");
  CHECK(scenario.cells.at(0).deployment.network.loss.parts_per_billion == 500'000'000);
  CHECK(scenario.cells.at(0).deployment.network.latency.first == std::chrono::milliseconds{80});
}

TEST_CASE("extends: without a profiles folder the file's own folder is the root",
          "[scenarios][extends]") {
  const Folder folder;
  folder.write("a/base.json", R"({ "network": { "latency": "80ms" } })");
  folder.write("a/a.json", without_network(extending(R"("base.json")")));
  CHECK(folder.read_valid("a/a.json").cells.size() == 1);
  folder.write("b.json", "{}");
  folder.write("a/c.json", extending(R"("../b.json")"));
  CHECK(folder.errors_in("a/c.json") ==
        Lines{"/a/c.json:2:28: error: '../b.json' leads out of '/a'"});
}

TEST_CASE("extends: errors point into the file that the value came from", "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/slow.json", "{\n  \"network\": { \"latency\": \"80sec\" }\n}");
  folder.write("a.json", without_network(extending(R"("profiles/slow.json")")));
  CHECK(folder.errors_in("a.json") ==
        Lines{"/profiles/slow.json:2:27: error: unknown unit 'sec' (known: ns, us, ms, s, m, h); "
              "did you mean '80s'?"});
  folder.write("profiles/slow.json", "{ \"network\": \n }");
  CHECK(folder.errors_in("a.json").at(0).find("/profiles/slow.json:2:2: error: syntax error") == 0);
}

TEST_CASE("extends: nothing outside the root is read", "[scenarios][extends]") {
  const Folder folder;
  folder.write("secret.json", R"({ "network": { "latency": "80ms" } })");
  folder.write("root/profiles/ok.json", "{}");
  fs::create_symlink(folder.path() / "secret.json", folder.path() / "root/profiles/link.json");
  const auto error_of = [&](const std::string& name) {
    folder.write("root/a.json", extending("\"" + name + "\""));
    const Lines errors = folder.errors_in("root/a.json");
    return errors.empty() ? std::string{} : errors.at(0);
  };
  const std::string place = "/root/a.json:2:28: error: ";
  CHECK(error_of("profiles/ok.json").empty());
  CHECK(error_of("profiles/../profiles/ok.json").empty());
  CHECK(error_of("../secret.json") == place + "'../secret.json' leads out of '/root'");
  CHECK(error_of("profiles/../../secret.json") ==
        place + "'profiles/../../secret.json' leads out of '/root'");
  CHECK(error_of("/etc/passwd") == place + "a path in 'extends' is relative to '/root'");
  CHECK(error_of("profiles/link.json") == place + "'profiles/link.json' leads out of '/root'");
  CHECK(error_of("profiles/none.json") ==
        place + "there is no file 'profiles/none.json' in '/root'");
  CHECK(error_of("profiles") == place + "'profiles' is no file");
  CHECK(error_of("profiles/ok.json\\u0000") == place + "a path holds no zero byte");
  CHECK(error_of("") == place + "an empty path names no file");
}

TEST_CASE("extends: circles are found, and a diamond is none", "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/a.json", R"({ "extends": ["profiles/b.json"] })");
  folder.write("profiles/b.json", R"({ "extends": ["profiles/a.json"] })");
  folder.write("x.json", extending(R"("profiles/a.json")"));
  CHECK(folder.errors_in("x.json") ==
        Lines{"/profiles/b.json:1:15: error: 'profiles/a.json' extends itself"});
  folder.write("y.json", extending(R"("y.json")"));
  CHECK(folder.errors_in("y.json") == Lines{"/y.json:2:28: error: 'y.json' extends itself"});
  folder.write("profiles/a.json", R"({ "extends": ["profiles/c.json"] })");
  folder.write("profiles/b.json", R"({ "extends": ["profiles/c.json"] })");
  folder.write("profiles/c.json", R"({ "network": { "loss": 0.5 } })");
  folder.write("z.json", extending(R"("profiles/a.json", "profiles/b.json")"));
  CHECK(folder.read_valid("z.json").cells.size() == 1);
}

TEST_CASE("extends: a broken profile is read once, however often it is named",
          "[scenarios][extends]") {
  const Folder folder;
  folder.write("profiles/0.json", "{");
  for (int i = 1; i <= 25; ++i) {
    const std::string below = "\"profiles/" + std::to_string(i - 1) + ".json\"";
    folder.write("profiles/" + std::to_string(i) + ".json",
                 "{ \"extends\": [" + below + ", " + below + "] }");
  }
  folder.write("a.json", extending(R"("profiles/25.json", "profiles/25.json")"));
  CHECK(folder.errors_in("a.json") ==
        Lines{"/profiles/0.json:1:2: error: the file ends too early; something is not closed"});
}

TEST_CASE("extends: what is no list of paths is an error", "[scenarios][extends]") {
  const Folder folder;
  folder.write("a.json", replaced(small_scenario(), "\"format\": 1,",
                                  "\"format\": 1, \"extends\": \"base.json\","));
  CHECK(folder.errors_in("a.json") ==
        Lines{"/a.json:2:27: error: 'extends' is a list of files, found a string; "
              "did you mean '[\"base.json\"]'?"});
  folder.write("a.json", extending("1"));
  CHECK(folder.errors_in("a.json") ==
        Lines{"/a.json:2:28: error: expected a path, found a number"});
}

TEST_CASE("files: what cannot be read has a reason, too", "[scenarios][extends]") {
  const Folder folder;
  CHECK(folder.errors_in("none.json") ==
        Lines{"/none.json: error: cannot be opened: No such file or directory"});
  CHECK(folder.errors_in("") ==
        Lines{"/: error: is a folder, not a file; name the scenarios in it"});
  folder.write("empty.json", "");
  CHECK(folder.errors_in("empty.json") == Lines{"/empty.json:1:1: error: the file is empty"});
}

}  // namespace indoubt::scenarios::testing

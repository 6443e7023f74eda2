// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/json_text.hpp"
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

namespace fs = std::filesystem;

/// Files in a folder of their own, which is gone afterwards. In messages the folder is `T`.
class FilesMessages : public testing::Test {
 protected:
  FilesMessages() {
    std::string pattern = (fs::temp_directory_path() / "onward-files-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~FilesMessages() override { fs::remove_all(root_); }

  [[nodiscard]] fs::path path(const std::string& name) const { return root_ / name; }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }

  /// The base scenario with that text as its experiment.
  void write_scenario(const std::string& block, const std::string& name = "scenario.json") const {
    write(name, replaced("{ \"start\": \"2026-07-01\", \"horizon_days\": 465, "
                         "\"warm_up_days\": 5,\n"
                         "    \"replications\": 200, \"seed\": 7 }",
                         block));
  }

  /// All that loading says, with `T` for the folder.
  [[nodiscard]] std::string load(const std::string& name = "scenario.json") const {
    return shortened(all_of(load_scenario(path(name).string()).diagnostics));
  }

  [[nodiscard]] std::string load_suite(const std::string& name) const {
    Diagnostics diagnostics;
    (void)read_suite_file(path(name).string(), diagnostics);
    return shortened(all_of(diagnostics));
  }

  [[nodiscard]] std::string shortened(std::string text) const {
    for (std::size_t at; (at = text.find(root_.string())) != std::string::npos;)
      text.replace(at, root_.string().size(), "T");
    return text;
  }

 private:
  fs::path root_;
};

const char* const experiment =
    R"({ "start": "2026-07-01", "horizon_days": 465, "replications": 200, "seed": 7 })";

TEST_F(FilesMessages, a_block_may_be_a_file) {
  write_scenario("\"blocks/experiment.json\"");
  write("blocks/experiment.json", experiment);
  EXPECT_EQ(load(), "");
}

TEST_F(FilesMessages, a_folder_means_its_scenario) {
  write_scenario(experiment, "folder/scenario.json");
  EXPECT_EQ(load("folder"), "");
}

TEST_F(FilesMessages, a_block_may_extend_a_file_that_extends_a_file) {
  write_scenario(R"({ "extends": "a/one.json", "seed": 8 })");
  write("a/one.json", R"({ "extends": "../b/two.json", "replications": 100 })");
  write("b/two.json", experiment);
  EXPECT_EQ(load(), "");
}

TEST_F(FilesMessages, a_mistake_in_a_file_is_shown_in_that_file) {
  write_scenario("\"experiment.json\"");
  write("experiment.json", "{\n  \"start\": \"2026-07-01\",\n  \"sede\": 7 }");
  EXPECT_EQ(load(),
            "T/experiment.json:3:3: /sede: unknown key `sede`\n"
            "  help: did you mean `seed`?\n");
}

TEST_F(FilesMessages, a_mistake_of_meaning_in_an_extended_file_is_shown_in_that_file) {
  write_scenario(R"({ "extends": "experiment.json", "seed": 8 })");
  write("experiment.json",
        "{ \"start\": \"2026-02-30\",\n  \"horizon_days\": 465, \"replications\": 200 }");
  EXPECT_EQ(load(), "T/experiment.json:1:12: /start: `2026-02-30` is not a day of the calendar\n");
}

TEST_F(FilesMessages, a_broken_file_is_shown_in_that_file) {
  write_scenario("\"experiment.json\"");
  write("experiment.json", "{ \"start\": \"2026-07-01\",\n");
  EXPECT_EQ(load(),
            "T/experiment.json:2:1: the file ends too early\n"
            "  help: a bracket or a quote is not closed\n");
}

TEST_F(FilesMessages, a_block_in_a_file_is_no_object) {
  write_scenario("\"experiment.json\"");
  write("experiment.json", "[]");
  EXPECT_EQ(load(),
            "T/experiment.json:1:1: expected an object, found a list\n"
            "  help: when, for how long and how often\n");
}

TEST_F(FilesMessages, an_extended_block_is_not_complete) {
  write_scenario(R"({ "extends": "experiment.json" })");
  write("experiment.json", R"({ "start": "2026-07-01", "horizon_days": 465, "seed": 7 })");
  EXPECT_EQ(load(), "T/scenario.json:113:17: /experiment: `replications` is missing\n");
}

TEST_F(FilesMessages, a_file_that_does_not_exist) {
  write_scenario("\"expriment.json\"");
  write("experiment.json", experiment);
  EXPECT_EQ(load(),
            "T/scenario.json:113:17: /experiment: there is no file `expriment.json`\n"
            "  help: did you mean `experiment.json`?\n");
}

TEST_F(FilesMessages, a_file_that_does_not_exist_in_another_folder) {
  write_scenario("\"blocks/expriment.json\"");
  write("blocks/experiment.json", experiment);
  EXPECT_EQ(load(),
            "T/scenario.json:113:17: /experiment: there is no file `blocks/expriment.json`\n"
            "  help: did you mean `blocks/experiment.json`?\n");
}

TEST_F(FilesMessages, a_file_in_a_folder_that_does_not_exist) {
  write_scenario("\"blocs/experiment.json\"");
  write("blocks/experiment.json", experiment);
  EXPECT_EQ(load(),
            "T/scenario.json:113:17: /experiment: there is no file `blocs/experiment.json`\n"
            "  help: the path is taken from the folder of this file\n");
}

TEST_F(FilesMessages, a_file_that_is_far_from_all) {
  write_scenario("\"experiment.json\"");
  write("people.json", "{}");
  EXPECT_EQ(load(),
            "T/scenario.json:113:17: /experiment: there is no file `experiment.json`\n"
            "  help: the path is taken from the folder of this file\n");
}

TEST_F(FilesMessages, a_scenario_named_without_its_folder_gets_the_same_help) {
  write_scenario("\"expriment.json\"");
  write("experiment.json", experiment);
  const fs::path before = fs::current_path();
  fs::current_path(path(""));
  const std::string said = all_of(load_scenario("scenario.json").diagnostics);
  fs::current_path(before);
  EXPECT_EQ(said,
            "scenario.json:113:17: /experiment: there is no file `expriment.json`\n"
            "  help: did you mean `experiment.json`?\n");
}

TEST_F(FilesMessages, a_cycle_of_extends) {
  write_scenario("\"a.json\"");
  write("a.json", R"({ "extends": "b.json" })");
  write("b.json", R"({ "extends": "./a.json" })");
  EXPECT_EQ(load(),
            "T/b.json:1:14: /extends: `extends` leads back to `T/a.json`\n"
            "  help: one of these files must stand on its own\n");
}

TEST_F(FilesMessages, a_file_that_extends_itself) {
  write_scenario(R"({ "extends": "a.json" })");
  write("a.json", R"({ "extends": "a.json" })");
  EXPECT_EQ(load(),
            "T/a.json:1:14: /extends: `extends` leads back to `T/a.json`\n"
            "  help: one of these files must stand on its own\n");
}

constexpr const char* out_of_root =
    " leads out of the folder of the scenarios\n"
    "  help: name a file below the nearest folder with a file `onward-root`, by a path relative "
    "to this file\n";

TEST_F(FilesMessages, a_path_that_leaves_the_folder) {
  write_scenario("\"../experiment.json\"", "inner/scenario.json");
  write("experiment.json", experiment);
  EXPECT_EQ(load("inner"), "T/inner/scenario.json:113:17: /experiment: `../experiment.json`" +
                               std::string(out_of_root));
}

TEST_F(FilesMessages, a_path_that_stays_below_the_root) {
  write("onward-root", "");
  write_scenario("\"../experiment.json\"", "inner/scenario.json");
  write("experiment.json", experiment);
  EXPECT_EQ(load("inner"), "");
}

TEST_F(FilesMessages, an_absolute_path) {
  write_scenario("\"" + path("experiment.json").string() + "\"");
  write("experiment.json", experiment);
  const std::string said = load();
  EXPECT_NE(said.find(out_of_root), std::string::npos) << said;
}

TEST_F(FilesMessages, a_link_that_leaves_the_folder) {
  write_scenario("\"link.json\"", "inner/scenario.json");
  write("experiment.json", experiment);
  fs::create_symlink("../experiment.json", path("inner/link.json"));
  EXPECT_EQ(load("inner"),
            "T/inner/scenario.json:113:17: /experiment: `link.json`" + std::string(out_of_root));
}

TEST_F(FilesMessages, a_link_to_a_folder_that_leaves_the_folder) {
  write_scenario("\"link/experiment.json\"", "inner/scenario.json");
  write("outer/experiment.json", experiment);
  fs::create_directory_symlink("../outer", path("inner/link"));
  EXPECT_EQ(load("inner"), "T/inner/scenario.json:113:17: /experiment: `link/experiment.json`" +
                               std::string(out_of_root));
}

TEST_F(FilesMessages, a_link_within_the_folder) {
  write_scenario("\"link.json\"");
  write("experiment.json", experiment);
  fs::create_symlink("experiment.json", path("link.json"));
  EXPECT_EQ(load(), "");
}

TEST_F(FilesMessages, a_folder_that_is_a_link_to_itself_comes_to_an_end) {
  write_scenario("\"a.json\"");
  write("a.json", R"({ "extends": "loop/a.json" })");
  fs::create_directory_symlink(".", path("loop"));
  EXPECT_NE(load(), "");
}

TEST_F(FilesMessages, a_link_to_itself) {
  write_scenario("\"loop.json\"");
  fs::create_symlink("loop.json", path("loop.json"));
  EXPECT_NE(load(), "");
}

TEST_F(FilesMessages, policies_may_be_files) {
  write("scenario.json",
        replaced("\"policies\": [\n", "\"policies\": [ \"policies/other.json\",\n"));
  write("policies/other.json", R"({ "id": "other", "extends": "law" })");
  EXPECT_EQ(load(), "");
}

TEST_F(FilesMessages, a_mistake_in_the_file_of_a_policy) {
  write("scenario.json", replaced("\"policies\": [\n", "\"policies\": [ \"other.json\",\n"));
  write("other.json", "{ \"extends\": \"law\",\n \"patch\": {} }");
  EXPECT_EQ(load(),
            "T/other.json:1:1: `id` is missing\n"
            "  help: a name that other parts of the scenario use: a letter, then letters, "
            "digits, `_` or `-`, at most 80\n"
            "T/other.json:2:11: /patch: expected a list, found an object\n"
            "  help: changes to the rules of the policy that this one extends, in order\n");
}

TEST_F(FilesMessages, the_file_of_a_policy_is_no_object) {
  write("scenario.json", replaced("\"policies\": [\n", "\"policies\": [ \"other.json\",\n"));
  write("other.json", "3");
  EXPECT_EQ(load(),
            "T/other.json:1:1: expected an object, found `3`\n"
            "  help: what institutions may do: a set of rules, or a patch to another policy\n");
}

TEST_F(FilesMessages, a_policy_is_checked_once_if_the_file_of_the_next_is_missing) {
  write("scenario.json",
        replaced("\"policies\": [\n",
                 "\"policies\": [ { \"ids\": \"x\", \"id\": \"x\" }, \"no.json\",\n"));
  EXPECT_EQ(load(),
            "T/scenario.json:73:19: /policies/0/ids: unknown key `ids`\n"
            "  help: did you mean `id`?\n"
            "T/scenario.json:73:44: /policies/1: there is no file `no.json`\n"
            "  help: the path is taken from the folder of this file\n");
}

TEST_F(FilesMessages, all_schema_errors_of_all_files_are_reported) {
  write_scenario("\"experiment.json\"");
  std::ifstream in(path("scenario.json"));
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  text.replace(text.find("\"title\": \"A secret\""), 19, "\"title\": 3         ");
  text.replace(text.find("\"policies\": [\n"), 14, "\"policies\": [ \"other.json\",\n");
  write("scenario.json", text);
  write("experiment.json", R"({ "seed": -1 })");
  write("other.json", R"({ "id": 4 })");
  EXPECT_EQ(load(),
            "T/scenario.json:2:12: /title: expected a text, found `3`\n"
            "T/experiment.json:1:11: /seed: `-1` is out of range\n"
            "  help: it must be at least 0 and at most 4294967295\n"
            "T/other.json:1:9: /id: expected a text, found `4`\n"
            "  help: a name that other parts of the scenario use: a letter, then letters, "
            "digits, `_` or `-`, at most 80\n");
}

TEST_F(FilesMessages, a_suite_may_be_a_file) {
  write("scenario.json", replaced("\"suite\": [", "\"suite\": \"some.suite.json\" }\n/* [") + "*/");
  write("some.suite.json",
        R"({ "scenario": "scenario.json", "tests": [ { "name": "a", "tset": 1 } ] })");
  EXPECT_EQ(load(),
            "T/some.suite.json:1:58: /tests/0/tset: unknown key `tset`\n"
            "  help: the keys here are `compare`, `confidence`, `decide`, `difference`, `expect`, "
            "`in`, `measure`, `name`, `never`, `note`, `path`, `policy` and 3 more\n");
}

TEST_F(FilesMessages, a_suite_of_another_scenario) {
  write("scenario.json", replaced("\"suite\": [", "\"suite\": \"some.suite.json\" }\n/* [") + "*/");
  write("some.suite.json", R"({ "scenario": "other.json", "tests": [] })");
  EXPECT_EQ(load(),
            "T/some.suite.json:1:15: /scenario: this suite belongs to another scenario, "
            "`other.json`\n"
            "  help: take it out of the other's `suite`, or make them one\n");
}

TEST_F(FilesMessages, a_suite_file_needs_its_scenario_and_tests) {
  write("a.suite.json", "{}");
  EXPECT_EQ(load_suite("a.suite.json"),
            "T/a.suite.json:1:1: `scenario` is missing\n"
            "  help: a suite file names its scenario and lists its tests\n"
            "T/a.suite.json:1:1: `tests` is missing\n"
            "  help: a suite file names its scenario and lists its tests\n");
}

TEST_F(FilesMessages, a_suite_file_whose_scenario_is_out_of_the_folder) {
  write("inner/a.suite.json", R"({ "scenario": "../scenario.json", "tests": [] })");
  EXPECT_EQ(load_suite("inner/a.suite.json"),
            "T/inner/a.suite.json:1:15: /scenario: `../scenario.json`" + std::string(out_of_root));
}

TEST_F(FilesMessages, a_suite_file_that_does_not_fit_its_schema) {
  write("a.suite.json", R"({ "scenario": "scenario", "tests": {} })");
  EXPECT_EQ(load_suite("a.suite.json"),
            "T/a.suite.json:1:15: /scenario: `scenario` is not of the right form\n"
            "  help: a file, as a path relative to the file that names it\n"
            "T/a.suite.json:1:36: /tests: expected a list, found an object\n");
}

TEST_F(FilesMessages, a_scenario_that_does_not_exist) {
  EXPECT_EQ(load("none.json"), "T/none.json: there is no such file\n");
}

TEST_F(FilesMessages, a_folder_without_a_scenario) {
  fs::create_directory(path("empty"));
  EXPECT_EQ(load("empty"), "T/empty/scenario.json: there is no such file\n");
}

TEST_F(FilesMessages, a_folder_where_a_file_is_needed) {
  write_scenario("\"folder.json\"");
  fs::create_directory(path("folder.json"));
  EXPECT_EQ(load(), "T/folder.json: this is not a regular file\n");
}

TEST_F(FilesMessages, a_pipe_where_a_file_is_needed) {
  write_scenario("\"pipe.json\"");
  ASSERT_EQ(::mkfifo(path("pipe.json").c_str(), 0600), 0);
  EXPECT_EQ(load(), "T/pipe.json: this is not a regular file\n");
}

TEST_F(FilesMessages, a_file_that_cannot_be_read) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser reads everything";
  write_scenario("\"closed.json\"");
  write("closed.json", experiment);
  fs::permissions(path("closed.json"), fs::perms::none);
  EXPECT_EQ(load(),
            "T/closed.json: the file cannot be read\n"
            "  help: check its permissions\n");
}

TEST_F(FilesMessages, a_file_that_is_too_large) {
  write_scenario("\"large.json\"");
  write("large.json", "");
  fs::resize_file(path("large.json"), max_file_bytes + 1);
  EXPECT_EQ(load(),
            "T/large.json: the file is larger than 32 MiB\n"
            "  help: divide it into blocks of their own files\n");
}

TEST_F(FilesMessages, an_empty_file) {
  write_scenario("\"empty.json\"");
  write("empty.json", "");
  EXPECT_EQ(load(), "T/empty.json:1:1: the file is empty\n");
}

TEST_F(FilesMessages, a_block_that_names_the_folder) {
  write_scenario("\"\"");
  EXPECT_EQ(load(), "T/: this is not a regular file\n");
}

}  // namespace
}  // namespace onward::tests

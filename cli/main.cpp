// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/version.hpp"

namespace onward::cli {
namespace {

/// Help that begins with examples, which the footer of each command holds.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    if (mode == CLI::AppFormatMode::Sub) return CLI::Formatter::make_help(app, name, mode);
    return make_description(app) + "Examples:\n" + app->get_footer() + "\n" +
           make_usage(app, name) + make_positionals(app) + make_groups(app, mode) +
           make_subcommands(app, mode) + ending(app);
  }

 private:
  static std::string ending(const CLI::App* app) {
    return "\nExit codes:\n  0 all is well, 1 the tool failed, 2 wrong usage, 3 an invalid "
           "scenario,\n  4 an expectation failed, 130 stopped by Ctrl-C\n" +
           std::string(app->get_parent() == nullptr
                           ? "`onward COMMAND --help` says more about a command.\n"
                           : "");
  }
};

std::vector<std::string> names_in(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(sub->get_name());
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

int wrong_usage(const CLI::App& app, const CLI::ParseError& error, int argc) {
  const auto used = app.get_subcommands();
  const CLI::App& where = used.empty() ? app : *used.front();
  const std::string command = used.empty() ? "onward" : "onward " + where.get_name();
  std::cerr << command << ": ";
  const std::vector<std::string> extras = app.remaining(true);
  if (!extras.empty()) {
    const bool option = extras.front().starts_with('-');
    std::cerr << "unknown "
              << (option         ? "option "
                  : used.empty() ? "command "
                                 : "argument ")
              << ticked(extras.front()) << "\n";
    const std::string guess = nearest(extras.front(), names_in(where));
    std::cerr << "  help: "
              << (guess.empty() ? "see `" + command + " --help`"
                                : "did you mean " + ticked(guess) + "?")
              << "\n";
  } else if (argc < 2) {
    std::cerr << "a command is missing\n  help: see `onward --help`\n";
  } else {
    std::string message = error.what();
    for (std::size_t line = message.find('\n'); line != std::string::npos;
         line = message.find('\n'))
      message[line] = ' ';
    std::cerr << message << "\n  help: see `" << command << " --help`\n";
  }
  return static_cast<int>(Exit::usage);
}

void add_validate(CLI::App& app, ValidateOptions& options) {
  CLI::App* command =
      app.add_subcommand("validate", "Check scenarios, or files that are parts of them")
          ->group("Commands");
  command->footer(
      "  onward validate scenarios/classroom           a scenario, by its folder\n"
      "  onward validate scenarios                     all scenarios below a folder\n"
      "  onward validate my-policy.json                a block in a file of its own\n");
  command->add_option("PATH", options.paths, "Files or folders")->required();
}

void add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App* command =
      app.add_subcommand("explain", "Tell a person's life, or what the policies say to a request")
          ->group("Commands");
  command->footer(
      "  onward explain scenarios/classroom --cast Ilvane         a life under each policy\n"
      "  onward explain scenarios/classroom --person claimants:3 --policy law --policy proposal\n"
      "  onward explain scenarios/classroom --request '{\"action\": \"disclose\",\n"
      "      \"from\": \"asylum\", \"to\": \"homeland\", \"data\": \"identity\", \"purpose\": "
      "\"return\",\n"
      "      \"subject\": {\"status\": \"refused\", \"origin\": \"homeland\"}}'\n"
      "  onward explain scenarios/classroom --request request.json --policy law --json\n"
      "  onward explain scenarios/classroom --request -           read from standard input\n");
  command->add_option("SCENARIO", options.scenario, "The scenario's file or folder")->required();
  command
      ->add_option("--request", options.request, "A request: JSON in braces, a file with it, or -")
      ->type_name("JSON");
  command->add_option("--person", options.person, "A synthetic person, by group and number")
      ->type_name("GROUP:INDEX");
  command->add_option("--cast", options.cast, "An invented person of the scenario's cast")
      ->type_name("NAME");
  command->add_option("--replication", options.replication, "Of a person; the first is 0")
      ->type_name("K");
  command->add_option("--people", options.people, "As for `onward run`")
      ->type_name("N")
      ->check(CLI::Range(1, 100000000).description(""));
  command->add_option("--seed", options.seed, "As for `onward run`")->type_name("N");
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_flag("--json", options.json, "Print JSON");
}

void add_test(CLI::App& app, TestOptions& options) {
  CLI::App* command = app.add_subcommand("test", "Run the tests of policies")->group("Commands");
  command->footer(
      "  onward test scenarios/classroom               the suite of a scenario\n"
      "  onward test scenarios                         all suites below a folder\n"
      "  onward test scenarios --filter secret         tests with a word in their name\n");
  command->add_option("PATH", options.paths, "Scenarios, suite files or folders")->required();
  command->add_option("--filter", options.filter, "Only tests with this text in their name");
  command->add_flag("--list", options.list, "List the tests, run none");
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App* command =
      app.add_subcommand("run",
                         "Replay a scenario's policies over its synthetic people, and measure")
          ->group("Commands");
  command->footer(
      "  onward run                                    the main scenario, partner-sharing\n"
      "  onward run scenarios/classroom --groups       with the figures of each group\n"
      "  onward run --people 10000 --replications 100  a larger sample, narrower intervals\n"
      "  onward run --policy law --policy safeguards   only these; the first is the baseline\n"
      "  onward run --json --out results               JSON, and the same into a folder\n");
  command->add_option("SCENARIO", options.scenario, "The scenario's file or folder");
  command->add_option("--people", options.people, "Synthetic people, of all groups together")
      ->type_name("N")
      ->check(CLI::Range(1, 100000000).description(""));
  command->add_option("--replications", options.replications, "How often everything is replayed")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000).description(""));
  command->add_option("--seed", options.seed, "Another seed gives other people with other luck")
      ->type_name("N");
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_flag("--groups", options.groups, "Show the figures of each group too");
  command->add_flag("--json", options.json, "Print JSON (scenarios/schema/results.schema.json)");
  command->add_option("--out", options.out, "Also write results.json into this folder")
      ->type_name("DIR");
  command
      ->add_option("--engine", options.engine,
                   "`free`, or `sync`: all people in step, slower, with the same result")
      ->type_name("NAME")
      ->check(CLI::IsMember(std::vector<std::string>{"free", "sync"}).description(""));
}

void add_reach(CLI::App& app, ReachOptions& options) {
  CLI::App* command =
      app.add_subcommand("reach", "Prove what the rules let somebody learn, for every person")
          ->group("Commands");
  command->footer(
      "  onward reach scenarios/classroom --data asylum_status --to subject.origin\n"
      "  onward reach scenarios/classroom --data identity --to homeland --policy proposal\n"
      "      --subjects status=refused                 of some people only\n"
      "  onward reach scenarios/classroom --data asylum_status --to homeland --in-world\n"
      "                                                does any declared flow do it?\n"
      "  onward reach scenarios/classroom --data asylum_status --to homeland --noncompliant "
      "border\n");
  command->add_option("SCENARIO", options.scenario, "The scenario's file or folder")->required();
  command->add_option("--data", options.data, "The category that is learned")
      ->type_name("CATEGORY")
      ->required();
  command->add_option("--to", options.to, "Who learns it: a node, or the person's own, subject.A")
      ->type_name("NODE")
      ->required();
  command
      ->add_option("--subjects", options.subjects,
                   "Of people with these values; may be given several times")
      ->type_name("ATTRIBUTE=VALUE,..")
      ->allow_extra_args(false);
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_option("--purpose", options.purposes, "For this purpose only")
      ->type_name("ID")
      ->allow_extra_args(false);
  auto* law = command->add_flag("--in-law", options.in_law,
                                "Whatever the rules permit, whoever wants it (default)");
  command->add_flag("--in-world", options.in_world, "Only what the declared flows do")
      ->excludes(law);
  command
      ->add_option("--noncompliant", options.noncompliant,
                   "A node that does not keep to the rules; may be given several times")
      ->type_name("NODE")
      ->allow_extra_args(false);
  command->add_option("--most", options.most, "How many ways are shown")
      ->type_name("K")
      ->check(CLI::Range(1, 1000).description(""));
  auto* json = command->add_flag("--json", options.json, "Print JSON");
  auto* dot =
      command->add_flag("--dot", options.dot, "Print the graph of derivations for Graphviz");
  command->add_flag("--graphml", options.graphml, "Print it as GraphML")
      ->excludes(json)
      ->excludes(dot);
  dot->excludes(json);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app(
      "Onward replays data-sharing rules over a synthetic population and measures who ends up\n"
      "holding what about whom. Synthetic; not evidence about any person or claim.\n");
  app.name("onward");
  app.footer(
      "  onward run                                    replay the main scenario and measure\n"
      "  onward validate scenarios/classroom           check a scenario\n"
      "  onward test scenarios/classroom               run its tests\n"
      "  onward explain scenarios/classroom --request request.json\n"
      "                                                what the policies say to one request\n");
  const auto formatter = std::make_shared<ExamplesFirst>();
  formatter->label("REQUIRED", "");
  formatter->label("TEXT", "");
  formatter->label("SUBCOMMAND", "COMMAND");
  app.formatter(formatter);
  app.set_version_flag("--version", "onward " + std::string(version), "Print the version");
  app.require_subcommand(1);
  bool verbose = false;
  app.add_flag("--verbose", verbose, "Say on standard error what is being done");
  app.fallthrough();
  RunOptions run_options;
  ValidateOptions validate_options;
  ExplainOptions explain_options;
  TestOptions test_options;
  ReachOptions reach_options;
  add_run(app, run_options);
  add_validate(app, validate_options);
  add_explain(app, explain_options);
  add_test(app, test_options);
  add_reach(app, reach_options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return wrong_usage(app, error, argc);
  }
  start_log(verbose);
  const Exit exit = app.got_subcommand("run")        ? run(run_options)
                    : app.got_subcommand("validate") ? validate(validate_options)
                    : app.got_subcommand("explain")  ? explain(explain_options)
                    : app.got_subcommand("reach")    ? reach(reach_options)
                                                     : test(test_options);
  if (std::cout.flush()) return static_cast<int>(exit);
  std::cerr << "onward: the output could not be written\n";
  return static_cast<int>(Exit::tool_error);
}

}  // namespace
}  // namespace onward::cli

int main(int argc, char** argv) {
  try {
    return onward::cli::parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "onward: the tool failed: " << error.what() << "\n";
    return static_cast<int>(onward::cli::Exit::tool_error);
  }
}

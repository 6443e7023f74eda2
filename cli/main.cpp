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
           "scenario,\n  4 an expectation failed, 5 stopped by Ctrl-C\n" +
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

/// How much is replayed.
void add_sample(CLI::App& app, RunOptions& options) {
  app.add_option("--people", options.people, "Synthetic people, of all groups together")
      ->type_name("N")
      ->check(CLI::Range(1, 100000000).description(""));
  app.add_option("--replications", options.replications, "How often everything is replayed")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000).description(""));
  app.add_option("--jobs", options.jobs, "Processes that share the work; if absent, one a core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
  app.add_option("--seed", options.seed, "Another seed gives other people with other luck")
      ->type_name("N");
}

void add_compare(CLI::App& app, CompareOptions& options) {
  CLI::App* command =
      app.add_subcommand("compare", "Say what a policy changes, for whom, and how sure that is")
          ->group("Commands");
  command->footer(
      "  onward compare scenarios/classroom            every policy with the first\n"
      "  onward compare scenarios/partner-sharing --baseline law --policy safeguards\n"
      "  onward compare scenarios/partner-sharing --weight 5 --weight 50\n");
  command->add_option("SCENARIO", options.run.scenario, "The scenario's file or folder")
      ->required();
  command->add_option("--baseline", options.baseline, "What is compared with; else the first")
      ->type_name("ID");
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  add_sample(*command, options.run);
  command
      ->add_option("--weight", options.weights,
                   "Net benefit if one harm weighs as much as so many benefits; several times")
      ->type_name("X")
      ->allow_extra_args(false)
      ->check(CLI::Range(0.0, 1e12).description(""));
  command->add_flag("--json", options.run.json,
                    "Print JSON (scenarios/schema/comparison.schema.json)");
}

void add_measures(CLI::App& app, std::vector<std::string>& measures) {
  app.add_option("--measure", measures, "Of this measure; several times; else the headline")
      ->type_name("MEASURE")
      ->allow_extra_args(false);
}

void add_attribute(CLI::App& app, AttributeOptions& options) {
  CLI::App* command =
      app.add_subcommand("attribute", "Say which clauses of a policy bring what it changes")
          ->group("Commands");
  command->footer(
      "  onward attribute scenarios/classroom --policy proposal\n"
      "  onward attribute scenarios/partner-sharing --policy safeguards --baseline proposal\n");
  command->add_option("SCENARIO", options.run.scenario, "The scenario's file or folder")
      ->required();
  command->add_option("--policy", options.policy, "Whose clauses")->type_name("ID")->required();
  command->add_option("--baseline", options.baseline, "A policy that it extends; else the first")
      ->type_name("ID");
  add_measures(*command, options.measures);
  command
      ->add_option("--orders", options.orders,
                   "Orders in which clauses join, where there are more than 12 (default 64)")
      ->type_name("N")
      ->check(CLI::Range(4, 100000).description(""));
  add_sample(*command, options.run);
  command->add_flag("--json", options.run.json, "Print JSON");
}

void add_sensitivity(CLI::App& app, SensitivityOptions& options) {
  CLI::App* command =
      app.add_subcommand("sensitivity", "Say how far figures depend on numbers that nobody knows")
          ->group("Commands");
  command->footer(
      "  onward sensitivity scenarios/classroom        all numbers with a low and a high\n"
      "  onward sensitivity scenarios/partner-sharing --parameter /outcomes/harms \\\n"
      "      --people 1000 --replications 10\n");
  command->add_option("SCENARIO", options.run.scenario, "The scenario's file or folder")
      ->required();
  command
      ->add_option("--parameter", options.parameters,
                   "Only this number, or all below this place; several times")
      ->type_name("POINTER")
      ->allow_extra_args(false);
  command->add_option("--policy", options.run.policies, "Only these; the first is the baseline")
      ->type_name("ID")
      ->allow_extra_args(false);
  add_measures(*command, options.measures);
  command
      ->add_option("--rows", options.rows,
                   "Points: rows x (numbers + 2); more rows, narrower indices (default 64)")
      ->type_name("N")
      ->check(CLI::Range(8, 1000000).description(""));
  add_sample(*command, options.run);
  command->add_flag("--json", options.run.json, "Print JSON");
}

void add_threshold(CLI::App& app, ThresholdOptions& options) {
  CLI::App* command =
      app.add_subcommand("threshold", "Find where a figure crosses another, or a line you set")
          ->group("Commands");
  command->footer(
      "  onward threshold scenarios/classroom --policy proposal --measure harm.persecution \\\n"
      "      --parameter /outcomes/harms/persecution/hazard --line 0.1\n");
  command->add_option("SCENARIO", options.run.scenario, "The scenario's file or folder")
      ->required();
  command->add_option("--parameter", options.parameter, "The number that moves")
      ->type_name("POINTER")
      ->required();
  command->add_option("--measure", options.measure, "The figure")->type_name("MEASURE")->required();
  command->add_option("--policy", options.policy, "Under this policy")->type_name("ID")->required();
  command->add_option("--baseline", options.baseline, "Held against this one; else the first")
      ->type_name("ID");
  command->add_option("--line", options.line, "Held against this number instead")->type_name("X");
  command->add_option("--from", options.from, "Else the number's own low")->type_name("X");
  command->add_option("--to", options.to, "Else the number's own high")->type_name("X");
  command->add_option("--points", options.points, "Values tried at first (default 9)")
      ->type_name("N")
      ->check(CLI::Range(2, 10000).description(""));
  add_sample(*command, options.run);
  command->add_flag("--json", options.run.json, "Print JSON");
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
  add_sample(*command, options);
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command
      ->add_option("--precision", options.precision,
                   "Replay until the headline's intervals are at most this wide to each side")
      ->type_name("X|X%");
  command
      ->add_option("--precision-of", options.precision_of,
                   "Of this measure instead; may be given several times")
      ->type_name("MEASURE")
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
  CompareOptions compare_options;
  AttributeOptions attribute_options;
  SensitivityOptions sensitivity_options;
  ThresholdOptions threshold_options;
  ValidateOptions validate_options;
  ExplainOptions explain_options;
  TestOptions test_options;
  add_run(app, run_options);
  add_compare(app, compare_options);
  add_attribute(app, attribute_options);
  add_sensitivity(app, sensitivity_options);
  add_threshold(app, threshold_options);
  add_validate(app, validate_options);
  add_explain(app, explain_options);
  add_test(app, test_options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return wrong_usage(app, error, argc);
  }
  start_log(verbose);
  const auto used = [&](const char* name) { return app.got_subcommand(name); };
  const Exit exit = used("run")           ? run(run_options)
                    : used("compare")     ? compare(compare_options)
                    : used("attribute")   ? attribute(attribute_options)
                    : used("sensitivity") ? sensitivity(sensitivity_options)
                    : used("threshold")   ? threshold(threshold_options)
                    : used("validate")    ? validate(validate_options)
                    : used("explain")     ? explain(explain_options)
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

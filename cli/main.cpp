// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "cli/add_options.hpp"
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
  const CLI::App* at = &app;
  std::string command = "onward";
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  const CLI::App& where = *at;
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
      "  onward test scenarios --filter secret         tests with a word in their name\n"
      "  onward test scenarios/classroom --policy law  one policy's tests\n"
      "  onward test scenarios --junit tests.xml --sarif tests.sarif\n"
      "                                                for a server, beside the text\n");
  command->add_option("PATH", options.paths, "Scenarios, suite files or folders")->required();
  command->add_option("--filter", options.filter, "Only tests with this text in their name");
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_flag("--list", options.list, "List the tests, run none");
  command->add_flag("--fail-fast", options.fail_fast, "Stop at the first test that does not pass");
  auto* seed =
      command->add_option("--seed", options.seed, "Other people with other luck")->type_name("N");
  command->add_flag("--fresh-seed", options.fresh_seed, "Draw a seed, and say which")
      ->excludes(seed);
  for (const auto& [name, file, form] : {std::tuple{"--junit", &options.junit, "JUnit XML"},
                                         std::tuple{"--sarif", &options.sarif, "SARIF 2.1.0"},
                                         std::tuple{"--json", &options.json, "JSON"}})
    command
        ->add_option(name, *file, std::string("Write ") + form + " into this file; `-`: print it")
        ->type_name("FILE");
  add_jobs(*command, options.jobs);
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

void add_policy_show(CLI::App& policy, PolicyOptions& options) {
  CLI::App* command = policy.add_subcommand("show", "Print a policy's text, its patches applied");
  command->footer(
      "  onward policy show safeguards                 of the main scenario\n"
      "  onward policy show safeguard scenarios/classroom --rule secrecy\n"
      "  onward policy show law --as-of 2028-01-01     what is in force on that day\n");
  command->add_option("ID", options.id, "The policy")->required();
  command->add_option("SCENARIO", options.scenario, "The scenario's file or folder");
  command->add_option("--as-of", options.as_of, "Rules in force on that day; else on the first day")
      ->type_name("DATE");
  command->add_option("--rule", options.rule, "Only this rule")->type_name("RULE");
  command->add_flag("--json", options.json,
                    "Print JSON (scenarios/schema/policy-text.schema.json)");
}

void add_policy(CLI::App& app, PolicyOptions& options) {
  CLI::App* command =
      app.add_subcommand("policy", "Read the text of a policy, or list the policies")
          ->group("Commands");
  command->footer(
      "  onward policy list                            the policies of the main scenario\n"
      "  onward policy show proposal                   one of them, rule by rule\n");
  command->require_subcommand(1);
  add_policy_show(*command, options);
  CLI::App* list = command->add_subcommand("list", "List the policies of a scenario");
  list->footer("  onward policy list scenarios/classroom\n");
  list->add_option("SCENARIO", options.scenario, "The scenario's file or folder");
  list->add_flag("--json", options.json, "Print JSON (scenarios/schema/policy-list.schema.json)");
}

void add_lint(CLI::App& app, LintOptions& options) {
  CLI::App* command =
      app.add_subcommand("lint", "Find rules that do nothing, contradict or lack a basis")
          ->group("Commands");
  command->footer(
      "  onward lint scenarios/classroom               all policies of a scenario\n"
      "  onward lint --policy proposal                 one policy of the main scenario\n"
      "  onward lint --deny notes                      exit code 4 on any finding, for CI\n");
  command->add_option("SCENARIO", options.scenario, "The scenario's file or folder");
  command->add_option("--policy", options.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
  command
      ->add_option("--deny", options.deny,
                   "Exit code 4 on `warnings` (the default), on `notes` too, or on `nothing`")
      ->type_name("LEVEL")
      ->check(
          CLI::IsMember(std::vector<std::string>{"warnings", "notes", "nothing"}).description(""));
  command->add_flag("--json", options.json, "Print JSON (scenarios/schema/lint.schema.json)");
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
      "  onward lint scenarios/classroom               find rules that do nothing, or clash\n"
      "  onward policy show proposal                   read a proposal as one text\n"
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
  run_options.keep.command.assign(argv, argv + argc);
  run_options.keep.command.front() = "onward";
  SweepOptions sweep_options;
  sweep_options.keep.command = run_options.keep.command;
  ExportOptions export_options;
  VerifyOptions verify_options;
  CompareOptions compare_options;
  AttributeOptions attribute_options;
  SensitivityOptions sensitivity_options;
  ThresholdOptions threshold_options;
  ValidateOptions validate_options;
  ExplainOptions explain_options;
  TestOptions test_options;
  ReachOptions reach_options;
  ReportOptions report_options;
  PolicyOptions policy_options;
  LintOptions lint_options;
  add_run(app, run_options);
  add_compare(app, compare_options);
  add_attribute(app, attribute_options);
  add_sensitivity(app, sensitivity_options);
  add_threshold(app, threshold_options);
  add_validate(app, validate_options);
  add_explain(app, explain_options);
  add_test(app, test_options);
  add_reach(app, reach_options);
  add_report(app, report_options);
  add_policy(app, policy_options);
  add_lint(app, lint_options);
  add_sweep(app, sweep_options);
  add_export(app, export_options);
  add_verify(app, verify_options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return wrong_usage(app, error, argc);
  }
  start_log(verbose);
  policy_options.list =
      app.got_subcommand("policy") && app.get_subcommand("policy")->got_subcommand("list");
  const auto used = [&](const char* name) { return app.got_subcommand(name); };
  const Exit exit = used("run")           ? run(run_options)
                    : used("compare")     ? compare(compare_options)
                    : used("attribute")   ? attribute(attribute_options)
                    : used("sensitivity") ? sensitivity(sensitivity_options)
                    : used("threshold")   ? threshold(threshold_options)
                    : used("validate")    ? validate(validate_options)
                    : used("explain")     ? explain(explain_options)
                    : used("reach")       ? reach(reach_options)
                    : used("report")      ? report(report_options)
                    : used("policy")      ? policy(policy_options)
                    : used("lint")        ? lint(lint_options)
                    : used("sweep")       ? sweep(sweep_options)
                    : used("export")      ? export_results(export_options)
                    : used("verify")      ? verify(verify_options)
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

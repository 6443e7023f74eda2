// SPDX-License-Identifier: Apache-2.0
#include "cli/add_options.hpp"

namespace onward::cli {
namespace {

void add_measures(CLI::App& app, std::vector<std::string>& measures) {
  app.add_option("--measure", measures, "Of this measure; several times; else the headline")
      ->type_name("MEASURE")
      ->allow_extra_args(false);
}

}  // namespace

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

}  // namespace onward::cli

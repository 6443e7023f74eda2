// SPDX-License-Identifier: Apache-2.0
#include "cli/add_options.hpp"

namespace onward::cli {

void add_jobs(CLI::App& command, std::optional<std::size_t>& jobs) {
  command.add_option("--jobs", jobs, "Processes that share the work; if absent, one a core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
}

void add_sample(CLI::App& command, RunOptions& options) {
  command.add_option("--people", options.people, "Synthetic people, of all groups together")
      ->type_name("N")
      ->check(CLI::Range(1, 100000000).description(""));
  command.add_option("--replications", options.replications, "How often everything is replayed")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000).description(""));
  add_jobs(command, options.jobs);
  command.add_option("--seed", options.seed, "Another seed gives other people with other luck")
      ->type_name("N");
}

namespace {

/// Options of commands that keep their results.
void add_keeping(CLI::App& command, KeepOptions& options) {
  CLI::Option* out =
      command.add_option("--out", options.out, "Keep the results in this folder")->type_name("DIR");
  CLI::Option* resume =
      command.add_flag("--resume", options.resume, "Finish what was interrupted in the folder")
          ->needs(out);
  command.add_flag("--force", options.force, "Replace the results that the folder holds")
      ->needs(out)
      ->excludes(resume);
  command
      .add_flag("--persons", options.persons, "Keep each synthetic person's outcomes too, if not 0")
      ->needs(out);
}

}  // namespace

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
      "  onward run --json --out results               JSON, and all results into a folder\n"
      "  onward run --out results --resume             finish what was interrupted\n");
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
  add_keeping(*command, options.keep);
  command
      ->add_option("--engine", options.engine,
                   "`ahead`, or `sync`: all people in step, slower, with the same result")
      ->type_name("NAME")
      ->check(CLI::IsMember(std::vector<std::string>{"ahead", "sync"}).description(""));
}

void add_sweep(CLI::App& app, SweepOptions& options) {
  CLI::App* command =
      app.add_subcommand("sweep", "Replay a scenario at many points")->group("Commands");
  command->footer(
      "  onward sweep my.sweep.json --dry-run          list the points\n"
      "  onward sweep my.sweep.json --out results      replay them all\n"
      "  onward sweep --out results --resume           finish what was interrupted\n");
  command->add_option("SWEEP", options.sweep, "A file (scenarios/schema/sweep.schema.json)");
  command->add_flag("--dry-run", options.dry_run, "List the points, replay none");
  add_jobs(*command, options.jobs);
  add_keeping(*command, options.keep);
}

void add_export(CLI::App& app, ExportOptions& options) {
  CLI::App* command =
      app.add_subcommand("export", "Write kept results as CSV, with a codebook")->group("Commands");
  command->footer(
      "  onward export results                         into results/csv\n"
      "  onward export results --to tables             into another folder\n");
  command->add_option("DIR", options.folder, "A folder of results")->required();
  command->add_option("--to", options.to, "The folder for the CSV files")->type_name("DIR");
  command->add_flag("--force", options.force, "Replace CSV files that are there");
}

void add_verify(CLI::App& app, VerifyOptions& options) {
  CLI::App* command =
      app.add_subcommand("verify", "Replay kept results again and compare")->group("Commands");
  command->footer(
      "  onward verify results                         all replications\n"
      "  onward verify results --replication 7         one of them\n");
  command->add_option("DIR", options.folder, "A folder of results")->required();
  command->add_option("SCENARIO", options.scenario, "Where the scenario is now, if it has moved");
  command->add_option("--replication", options.replication, "Only this one; the first is 0")
      ->type_name("K");
  add_jobs(*command, options.jobs);
}

void add_report(CLI::App& app, ReportOptions& options) {
  CLI::App* command =
      app.add_subcommand("report", "Write a page that a browser opens without a network")
          ->group("Commands");
  command->footer(
      "  onward report                                 of the main scenario, partner-sharing\n"
      "  onward report results -o partners.html        of a run that was kept with `--out`\n"
      "  onward report scenarios/classroom --replications 10\n");
  command->add_option("WHAT", options.what, "A scenario, or the folder of a run");
  command->add_option("-o,--output", options.output, "The file; if absent, report.html")
      ->type_name("FILE");
  command->add_flag("--force", options.force, "Replace the file if it is there");
  command->add_flag("--json", options.json,
                    "Print what the page shows (scenarios/schema/report.schema.json)");
  command->add_flag("!--no-tests", options.tests, "Leave the results of the tests out");
  add_sample(*command, options.run);
  command
      ->add_option("--policy", options.run.policies, "Only this policy; may be given several times")
      ->type_name("ID")
      ->allow_extra_args(false);
}

}  // namespace onward::cli

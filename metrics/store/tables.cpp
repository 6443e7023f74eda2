// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/tables.hpp"

#include <algorithm>
#include <stdexcept>

namespace onward {
namespace {

const Column run{"run", "INTEGER", "", "from 0",
                 "the point of the sweep; 0 where nothing was swept"};
const Column policy{"policy", "TEXT", "", "ids of policies", "the policy lived under"};
const Column replication{"replication", "INTEGER", "", "from 0",
                         "the same number is the same people with the same luck, whatever the run "
                         "or the policy"};
const Column group{"group_id", "TEXT", "", "ids of groups", "the group of people"};
const Column measure{"measure", "TEXT", "", "names of measures", "what is measured"};
const Column digest{"digest", "TEXT", "", "32 hexadecimal digits",
                    "of every life: the same if and only if all of them were"};

const char* const of_the_measure = "as the measure";

std::vector<Table> facts() {
  return {
      {"about",
       "what was asked for: a run is resumed only if all of this is the same",
       {{"name", "TEXT", "", "", "what is said"}, {"value", "TEXT", "", "", "what it is"}},
       "name"},
      {"environment",
       "with what it was computed; the results do not depend on it",
       {{"name", "TEXT", "", "", "what is said"}, {"value", "TEXT", "", "", "what it is"}},
       "name"},
      {"files",
       "every file that was read",
       {{"file", "TEXT", "", "", "path, seen from the folder of the first file"},
        {"bytes", "INTEGER", "bytes", "from 0", "length"},
        {"sha256", "TEXT", "", "64 hexadecimal digits", "SHA-256 of what was read"}},
       "file"},
      {"factors",
       "what a sweep varies; empty where nothing was swept",
       {{"factor", "TEXT", "", "", "name of the factor"},
        {"place", "INTEGER", "", "from 0", "place among the factors"},
        {"label", "TEXT", "", "", "in words"},
        {"varies", "TEXT", "", "",
         "the JSON pointers that are set, or the rules that are in force or not"}},
       "factor"},
      {"settings",
       "the value of each factor at each point",
       {run,
        {"factor", "TEXT", "", "", "name of the factor"},
        {"value", "TEXT", "", "", "the value, as JSON"},
        {"number", "REAL", "as what is set", "", "the value, if it is a number", true}},
       "run, factor"},
      {"policies",
       "the policies that were compared",
       {policy,
        {"place", "INTEGER", "", "from 0", "place among the policies; 0 is the baseline"},
        {"label", "TEXT", "", "", "in words"}},
       "policy"},
      {"groups",
       "the groups of people",
       {group,
        {"place", "INTEGER", "", "from 0", "place among the groups"},
        {"label", "TEXT", "", "", "in words"}},
       "group_id"},
      {"measures",
       "what is measured: docs/method/measures.md, section 2",
       {run,
        measure,
        {"place", "INTEGER", "", "from 0", "place among the measures"},
        {"label", "TEXT", "", "", "in words"},
        {"family", "TEXT", "", "", "the measure's name up to its first dot"},
        {"of", "TEXT", "", "",
         "the rest of the name: the category, regime, harm or benefit; empty: of all"},
        {"unit", "TEXT", "", "controllers, days, hops, people or times", "of one person"},
        {"evidence", "TEXT", "", "sourced, mixed or illustrative",
         "how well the numbers behind it are evidenced"},
        {"counts_people", "INTEGER", "", "0 or 1", "1: a person adds 0 or 1, or the chance of it"},
        {"has_events", "INTEGER", "", "0 or 1", "1: there is something to be counted"}},
       "run, measure"},
      {"sampling",
       "how many people stand for how many",
       {run,
        group,
        {"people", "INTEGER", "people", "from 0", "sampled in each replication, as planned"},
        {"weight", "REAL", "real people a sampled one", "from 0",
         "what one sampled person counts"}},
       "run, group_id"},
  };
}

std::vector<Table> results() {
  return {
      {"runs",
       "what each point came to",
       {run,
        {"people", "INTEGER", "people", "from 0", "sampled in each replication, of all groups"},
        {"replications", "INTEGER", "", "from 1", "that were planned"},
        {"person_events", "INTEGER", "events", "from 0",
         "that were replayed; empty until the point is complete", true},
        {"digest", "TEXT", "", "32 hexadecimal digits",
         "of all its replications under all policies; empty until the point is complete", true}},
       "run"},
      {"replications",
       "each replication under each policy",
       {run,
        policy,
        replication,
        {"people", "INTEGER", "people", "from 0", "that were replayed, without the cast"},
        {"person_events", "INTEGER", "events", "from 0",
         "encounters, messages received, copies that ended, desk completions and harms"},
        {"suppressed", "INTEGER", "messages", "from 0",
         "not sent, because the recipient had the data already"},
        digest},
       "run, policy, replication"},
      {"by_group",
       "what the people of a group added to each measure: sums over people",
       {run,
        policy,
        replication,
        group,
        measure,
        {"people", "INTEGER", "people", "from 0", "that count"},
        {"value", "REAL", of_the_measure, "from 0",
         "sum of what each adds; of a harm, of the compensator L"},
        {"events", "REAL", of_the_measure, "from 0", "sum of what was counted; of a harm, of N"},
        {"censored", "REAL", "as `censorable`", "0 to `censorable`", "what the horizon cut off"},
        {"censorable", "REAL", "days, cases or people", "from 0", "of so much"},
        {"contributing", "INTEGER", "people", "0 to `people`", "who add something other than 0"},
        {"eventful", "INTEGER", "people", "0 to `people`", "to whom it happened"},
        {"differing", "INTEGER", "people", "0 to `people`",
         "who add something else than under the baseline"}},
       "run, policy, replication, group_id, measure"},
      {"figures",
       "what each point came to, over its replications: docs/method/measures.md, sections 3 and 4",
       {run,
        {"kind", "TEXT", "", "policy or difference",
         "a policy's own figure, or the policy less the baseline, paired by replication"},
        policy,
        {"group_id", "TEXT", "", "ids of groups, or empty",
         "the group of people; empty: everybody, weighted"},
        measure,
        {"mean", "REAL", of_the_measure, "", "of one person"},
        {"low", "REAL", of_the_measure, "up to `mean`",
         "lower end of the 95 % interval; empty where there is none", true},
        {"high", "REAL", of_the_measure, "from `mean`", "upper end of the 95 % interval", true},
        {"events", "REAL", of_the_measure, "",
         "what was counted, over all replications; empty where nothing is", true},
        {"censored", "REAL", "share", "0 to 1", "what the horizon cut off"},
        {"bound_per", "TEXT", "", "replication or person",
         "what the bound is the chance of: a replication with a case, or a person with one", true},
        {"bound_at_most", "REAL", "chance", "0 to 1",
         "one-sided bound at 95 %, where nothing, or too little for an interval, was seen", true}},
       "run, kind, policy, group_id, measure"},
      {"persons",
       "what each synthetic person added to each measure, where it is not 0; only with --persons",
       {run,
        policy,
        replication,
        group,
        {"person", "INTEGER", "", "from 0", "number in the group"},
        measure,
        {"value", "REAL", of_the_measure, "from 0", "of a harm, the compensator L"},
        {"events", "REAL", of_the_measure, "from 0", "of a harm, N: 1 if it happened"},
        {"censored", "REAL", "as `censorable`", "0 to `censorable`", "what the horizon cut off"},
        {"censorable", "REAL", "days, cases or people", "from 0", "of so much"}},
       "run, policy, replication, group_id, person, measure"},
      {"notes",
       "what must be said with the figures",
       {run,
        {"place", "INTEGER", "", "from 0", "place among the notes"},
        {"note", "TEXT", "", "", "a sentence, or several"}},
       "run, place"},
      {"checkpoints",
       "from which an interrupted run is resumed; empty once a point is complete",
       {run, replication, {"state", "BLOB", "", "", "the accounts of all policies, as bytes"}},
       "run, replication",
       Table::Kind::working_memory},
      {"by_replication",
       "one row a point, policy, replication and measure: the weighted mean over all people",
       {run,
        policy,
        replication,
        measure,
        {"mean", "REAL", of_the_measure, "from 0",
         "of what one person adds; of a harm, of the compensator L"},
        {"happened", "REAL", of_the_measure, "from 0", "mean of what was counted; of a harm, of N"},
        {"events", "REAL", of_the_measure, "from 0", "what was counted among the sampled people"},
        {"people", "INTEGER", "people", "from 0", "sampled people who count"}},
       "run, policy, replication, measure",
       Table::Kind::view,
       "SELECT run, policy, replication, measure, "
       "sum(weight * value) / sum(weight * by_group.people) AS mean, "
       "sum(weight * events) / sum(weight * by_group.people) AS happened, "
       "sum(events) AS events, sum(by_group.people) AS people "
       "FROM by_group JOIN sampling USING (run, group_id) "
       "GROUP BY run, policy, replication, measure"},
  };
}

std::string quoted(const char* name) {
  return "\"" + std::string(name) + "\"";
}

}  // namespace

const std::vector<Table>& store_tables() {
  static const std::vector<Table> all = [] {
    std::vector<Table> tables = facts();
    const std::vector<Table> more = results();
    tables.insert(tables.end(), more.begin(), more.end());
    return tables;
  }();
  return all;
}

const Table& store_table(std::string_view name) {
  const auto& all = store_tables();
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Table& table) { return table.name == name; });
  if (at == all.end()) throw std::logic_error("the store has no such table");
  return *at;
}

std::string create_statement(const Table& table) {
  if (table.kind == Table::Kind::view)
    return "CREATE VIEW " + quoted(table.name) + " AS " + table.select;
  std::string sql = "CREATE TABLE " + quoted(table.name) + " (";
  for (const Column& column : table.columns)
    sql +=
        quoted(column.name) + " " + column.type + (column.can_be_empty ? "" : " NOT NULL") + ", ";
  return sql + "PRIMARY KEY (" + table.key + ")) STRICT, WITHOUT ROWID";
}

}  // namespace onward

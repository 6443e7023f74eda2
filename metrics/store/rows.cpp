// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/rows.hpp"

#include <algorithm>

#include "metrics/summary.hpp"

namespace onward {
namespace {

std::int64_t whole(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

void add_group_rows(const RunNames& names, const std::string& policy, std::int64_t replication,
                    const Account& account, std::vector<Row>& rows) {
  for (std::size_t g = 0; g < names.groups.size(); ++g)
    for (std::size_t m = 0; m < names.measures.size(); ++m) {
      const Entry& entry = account.at(g, m);
      rows.push_back({names.run, policy, replication, names.groups[g], names.measures[m],
                      whole(account.people[g]), entry.value.value(), entry.events.value(),
                      entry.censored.value(), entry.censorable.value(), whole(entry.contributing),
                      whole(entry.eventful), whole(entry.differing)});
    }
}

void add_person_rows(const RunNames& names, const std::string& policy, std::int64_t replication,
                     const Account& account, std::vector<Row>& rows) {
  for (const PersonReading& of : account.persons)
    rows.push_back({names.run, policy, replication, names.groups[of.group], std::int64_t{of.person},
                    names.measures[of.measure], of.reading.value, of.reading.events,
                    of.reading.censored, of.reading.censorable});
}

void add_figure_rows(const RunNames& names, const char* kind, const std::string& policy,
                     const std::string& group, const Figures& figures, std::vector<Row>& rows) {
  for (std::size_t m = 0; m < figures.size(); ++m) {
    const Figure& figure = figures[m];
    Row row{names.run, kind, policy, group, names.measures[m], figure.mean};
    row.resize(12);
    if (figure.interval) row[6] = figure.interval->low;
    if (figure.interval) row[7] = figure.interval->high;
    if (figure.events) row[8] = *figure.events;
    row[9] = figure.censored;
    if (figure.bound) row[10] = std::string(name_of(figure.bound->per));
    if (figure.bound) row[11] = figure.bound->at_most;
    rows.push_back(std::move(row));
  }
}

}  // namespace

ReplicationRows rows_of(const RunNames& names, std::uint32_t replication,
                        const std::vector<Account>& accounts) {
  ReplicationRows rows;
  for (std::size_t p = 0; p < accounts.size(); ++p) {
    const Account& account = accounts[p];
    const std::string& policy = names.policies[p];
    rows.replications.push_back({names.run, policy, std::int64_t{replication},
                                 whole(account.unit.people), whole(account.unit.person_events),
                                 whole(account.suppressed), to_string(account.unit.digest)});
    add_group_rows(names, policy, replication, account, rows.by_group);
    add_person_rows(names, policy, replication, account, rows.persons);
  }
  for (auto* list : {&rows.replications, &rows.by_group, &rows.persons})
    std::sort(list->begin(), list->end());
  return rows;
}

std::vector<Row> measure_rows(const RunNames& names, const Accounts& accounts) {
  std::vector<Row> rows;
  for (std::size_t m = 0; m < accounts.measures.size(); ++m) {
    const Measure& measure = accounts.measures[m];
    const std::size_t dot = measure.name.find('.');
    rows.push_back({names.run, measure.name, whole(m), measure.label, measure.name.substr(0, dot),
                    dot == std::string::npos ? "" : measure.name.substr(dot + 1), measure.unit,
                    std::string(to_string(measure.grade)),
                    std::int64_t{measure.counts_people ? 1 : 0},
                    std::int64_t{measure.has_events ? 1 : 0}});
  }
  return rows;
}

std::vector<Row> sampling_rows(const RunNames& names, const Accounts& accounts) {
  std::vector<Row> rows;
  for (std::size_t g = 0; g < names.groups.size(); ++g)
    rows.push_back(
        {names.run, names.groups[g], std::int64_t{accounts.people[g]}, accounts.weight[g]});
  return rows;
}

std::vector<Row> figure_rows(const RunNames& names, const Accounts& accounts) {
  const Summary summary(accounts);
  std::vector<Row> rows;
  const auto add = [&](std::size_t policy, Summary::Scope scope) {
    const std::string group = scope ? names.groups[*scope] : "";
    add_figure_rows(names, "policy", names.policies[policy], group, summary.figures(policy, scope),
                    rows);
    if (policy > 0)
      add_figure_rows(names, "difference", names.policies[policy], group,
                      summary.differences(policy, scope), rows);
  };
  for (std::size_t p = 0; p < names.policies.size(); ++p) {
    add(p, {});
    for (std::size_t g = 0; g < names.groups.size(); ++g)
      if (summary.shows(g)) add(p, g);
  }
  return rows;
}

}  // namespace onward

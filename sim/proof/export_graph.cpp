// SPDX-License-Identifier: Apache-2.0
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <map>
#include <ostream>

#include "sim/proof/describe.hpp"

namespace onward {
namespace {

struct Vertex {
  std::string label;
  std::string holder;
  std::string category;
};

struct Edge {
  std::string rule;
  std::string purpose;
  std::string citation;
};

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Vertex, Edge>;

/// Holdings that differ only in where they came through are one vertex, so that it can be read.
Graph graph_of(const Search& search) {
  const Derivations& of = search.derivations();
  const World& world = *of.model().world;
  const Vocabulary& words = *of.model().vocabulary;
  Graph graph;
  std::map<std::pair<std::string, std::string>, Graph::vertex_descriptor> vertices;
  const auto vertex = [&](const std::string& holder, const std::string& category) {
    const auto [entry, is_new] = vertices.try_emplace({holder, category}, 0);
    if (is_new) {
      const std::string label = category.empty() ? holder : holder + ": " + category;
      entry->second = boost::add_vertex(Vertex{label, holder, category}, graph);
    }
    return entry->second;
  };
  const auto of_holding = [&](std::size_t number) {
    const Holding& what = of.holdings()[number].what;
    return vertex(world.node_names.name(what.holder), words.category_names.name(what.category));
  };
  std::map<std::tuple<std::size_t, std::size_t, std::string, std::string>, bool> seen;
  for (const std::size_t h : search.leading_hops()) {
    const Hop& hop = of.hops()[h];
    const auto from = hop.from == Hop::none ? vertex("the person", "") : of_holding(hop.from);
    const auto to = of_holding(hop.to);
    const Outcome* under = hop.outcome != nullptr ? hop.outcome : hop.asked_under;
    Edge edge;
    edge.purpose = words.purpose_names.name(hop.purpose);
    if (under != nullptr && under->verdict == Verdict::permit) {
      const Rule& rule = of.policy().policy().rule(under->permit);
      edge.rule = hop.kind == HopKind::key ? rule.id + " (key)" : rule.id;
      edge.citation = rule.basis.citation;
    } else {
      edge.rule = under != nullptr && under->verdict == Verdict::deny ? "against the rules"
                                                                      : "not governed";
    }
    if (!seen.emplace(std::tuple(from, to, edge.rule, edge.purpose), true).second) continue;
    boost::add_edge(from, to, edge, graph);
  }
  return graph;
}

}  // namespace

void write_dot(const Search& search, std::ostream& out) {
  const Graph graph = graph_of(search);
  boost::write_graphviz(out, graph, boost::make_label_writer(boost::get(&Vertex::label, graph)),
                        boost::make_label_writer(boost::get(&Edge::rule, graph)));
}

void write_graphml(const Search& search, std::ostream& out) {
  Graph graph = graph_of(search);
  boost::dynamic_properties properties;
  properties.property("label", boost::get(&Vertex::label, graph));
  properties.property("holder", boost::get(&Vertex::holder, graph));
  properties.property("category", boost::get(&Vertex::category, graph));
  properties.property("rule", boost::get(&Edge::rule, graph));
  properties.property("purpose", boost::get(&Edge::purpose, graph));
  properties.property("citation", boost::get(&Edge::citation, graph));
  boost::write_graphml(out, graph, properties, true);
}

}  // namespace onward

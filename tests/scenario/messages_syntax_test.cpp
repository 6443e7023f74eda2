// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about what is no JSON, or JSON that nobody can have meant.
const MessageCase syntax_cases[] = {
    {"a file that stops in the middle of an object", "",
     R"({ "onward": 1,)"
     "\n",
     "scenario.json:2:1: the file ends too early\n"
     "  help: a bracket or a quote is not closed\n"},
    {"a file that stops in the middle of a list", "", R"({ "policies": [ 1, 2)",
     "scenario.json:1:21: /policies: the file ends too early\n"
     "  help: a bracket or a quote is not closed\n"},
    {"a line break inside a text", R"("A secret")",
     R"("A)"
     "\n"
     R"(secret")",
     "scenario.json:2:12: a text is not closed in its line\n"
     "  help: write `\\n` for a line break\n"},
    {"a tab inside a text", R"("A secret")", R"("A	secret")",
     "scenario.json:2:12: a tab stands in a text\n"
     "  help: write `\\t`, or spaces\n"},
    {"an unknown escape", R"("A secret")", R"("A \secret")",
     "scenario.json:2:12: a backslash stands before something that needs none\n"
     "  help: write `\\\\` for a backslash\n"},
    {"an escape that is not hexadecimal", R"("A secret")", R"("A \u12G4")",
     "scenario.json:2:12: `\\u` needs four hexadecimal digits\n"},
    {"half of a surrogate pair", R"("A secret")", R"("A \ud800")",
     "scenario.json:2:12: half of a surrogate pair stands alone\n"
     "  help: write the character itself\n"},
    {"the second half of a surrogate pair", R"("A secret")", R"("A \udc00")",
     "scenario.json:2:12: half of a surrogate pair stands alone\n"
     "  help: write the character itself\n"},
    {"something after the end", R"("difference": [-1, 1] } ] })",
     R"("difference": [-1, 1] } ] } })",
     "scenario.json:126:35: `}` stands after the end\n"
     "  help: a file holds one value\n"},
    {"a second document after the end", "", "{} {}",
     "scenario.json:1:4: `{` stands after the end\n"
     "  help: a file holds one value\n"},
    {"an unclosed brace", R"("difference": [-1, 1] } ] })", R"("difference": [-1, 1] } ])",
     "scenario.json:127:1: the file ends too early\n"
     "  help: a bracket or a quote is not closed\n"},
    {"a bracket closed by a brace", R"("papers"] },)", R"("papers"} },)",
     "scenario.json:4:64: /headline/benefits: `}` closes what was opened by another bracket\n"},
    {"a hash is no comment", R"("title":)",
     "# title\n"
     R"(  "title":)",
     "scenario.json:2:3: `#` is no value\n"
     "  help: names and texts stand in double quotes\n"},
    {"a key that appears twice", R"("title": "A secret")", R"("title": "A secret", "title": "B")",
     "scenario.json:2:24: /title: the key `title` appears twice\n"
     "  help: rename one of the two, or delete it\n"},
    {"two keys that appear twice", R"("urgency": {} })",
     R"("urgency": {}, "urgency": {}, "x": {}, "x": {} })",
     "scenario.json:8:31: /vocabulary/facts/urgency: the key `urgency` appears twice\n"
     "  help: rename one of the two, or delete it\n"
     "scenario.json:8:55: /vocabulary/facts/x: the key `x` appears twice\n"
     "  help: rename one of the two, or delete it\n"},
    {"a key with a slash that appears twice", R"("/duties/retain_days": 50)",
     R"("/a~b": 1, "/a~b": 2)",
     "scenario.json:103:49: /policies/1/patch/1/set/~1a~0b: the key `/a~b` appears twice\n"
     "  help: rename one of the two, or delete it\n"},
    {"columns count characters and not bytes", R"("A secret")", R"("äö€", "title": "B")",
     "scenario.json:2:19: /title: the key `title` appears twice\n"
     "  help: rename one of the two, or delete it\n"},
    {"a control character in a text", R"("A secret")", R"("A \u001b[31m secret")",
     "scenario.json:2:12: /title: the text has a control character\n"
     "  help: only line breaks and tabs are possible\n"},
    {"a control character in a key", R"("title": "A)", R"("ti\u0007tle": "A)",
     "scenario.json:2:3: the text has a control character\n"
     "  help: only line breaks and tabs are possible\n"},
};

class SyntaxMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(SyntaxMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, SyntaxMessages, testing::ValuesIn(syntax_cases), case_name);

}  // namespace
}  // namespace onward::tests

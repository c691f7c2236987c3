// SPDX-License-Identifier: GPL-3.0-or-later
//
// From words to a search: the tables of tests and operators.
#include <cstdlib>

#include "libcore/base/text.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/find_outname.h"
#include "xorriso/numbers.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::FindArguments;
using core::image::FindBuilder;
using core::image::FindFunction;
using core::image::Pattern;
namespace tests = core::image::find_tests;

/// State of the parser.
struct FindParser {
  Program& program;
  FindRealm realm;
  Words words;
  std::size_t at = 0;
  FindBuilder builder{};
  FindJob job{};
  bool patterns = true;

  bool fail(std::string text) { return program.fail(Severity::failure, std::move(text)); }
};

/// Fills the arguments of a test from its parameter words. False: reported.
using ArgumentReader = bool (*)(FindParser&, Words, FindArguments&);

bool read_nothing(FindParser&, Words, FindArguments&) { return true; }

std::optional<Pattern> compile(FindParser& parser, std::string_view test, const std::string& text) {
  if (!parser.patterns) return Pattern::literal(text);
  auto pattern = Pattern::compile(text);
  if (pattern) return *pattern;
  parser.fail("-find[ix]: cannot set " + std::string(test) + " expression " + shell_quote(text));
  return std::nullopt;
}

/// Names without wildcards match what -file_name_limit has made of them.
std::string limited(const FindParser& parser, const std::string& name) {
  const int limit = parser.program.settings.insert.file_name_limit;
  if (parser.realm == FindRealm::disk || name.size() <= static_cast<std::size_t>(limit)) return name;
  return core::image::has_wildcards(name) ? name : core::image::truncated_name(name, limit);
}

bool read_name(FindParser& parser, Words words, FindArguments& a) {
  const auto pattern = compile(parser, "-name", limited(parser, words[0]));
  if (pattern) a.pattern = *pattern;
  return pattern.has_value();
}

bool read_wholename(FindParser& parser, Words words, FindArguments& a) {
  std::string text;
  for (std::size_t pos = 0; pos <= words[0].size();) {
    const std::size_t end = std::min(words[0].find('/', pos), words[0].size());
    if (pos > 0) text += '/';
    text += limited(parser, words[0].substr(pos, end - pos));
    pos = end + 1;
  }
  const auto pattern = compile(parser, "-wholename", text);
  if (pattern) a.pattern = *pattern;
  return pattern.has_value();
}

bool read_disk_name(FindParser& parser, Words words, FindArguments& a) {
  const auto pattern = compile(parser, "-disk_name", words[0]);
  if (pattern) a.pattern = *pattern;
  return pattern.has_value();
}

bool read_disk_path(FindParser& parser, Words words, FindArguments& a) {
  const auto path = parser.program.disk_path(words[0]);
  if (path) a.text = *path;
  return path.has_value();
}

bool read_type(FindParser& parser, Words words, FindArguments& a) {
  a.text = words[0].substr(0, 1);
  if (a.text.empty() || std::string_view("bcdp-flsmeX").find(a.text[0]) != std::string_view::npos) return true;
  return parser.fail("-find[ix]: unknown -type " + shell_quote(words[0]));
}

bool read_length(FindParser& parser, const std::string& word, FindArguments& a, const char* test, long low, long high,
                 const char* range) {
  const auto number = parse_integer(word);
  if (!number || *number < low || *number > high)
    return parser.fail(std::string("-findi: wrong length with ") + test + " [" + range + "]");
  a.first = *number;
  return true;
}

bool read_maxdepth(FindParser& parser, Words words, FindArguments& a) {
  return read_length(parser, words[0], a, "-maxdepth", 0, 0x7fffffff, ">= 0");
}
bool read_mindepth(FindParser& parser, Words words, FindArguments& a) {
  return read_length(parser, words[0], a, "-mindepth", 0, 0x7fffffff, ">= 0");
}
bool read_name_limit(FindParser& parser, Words words, FindArguments& a) {
  return read_length(parser, words[0], a, "-name_limit_blocker", 64, 255, "64...255");
}

bool read_lba_range(FindParser&, Words words, FindArguments& a) {
  a.first = parse_integer(words[0]).value_or(0);
  a.second = parse_integer(words[1]).value_or(0);
  return true;
}

bool read_hidden(FindParser& parser, Words words, FindArguments& a) {
  const auto state = core::image::HideState::parse(words[0]);
  if (!state) return parser.fail("-findi: -hidden : unknown hide state " + shell_quote(words[0]));
  a.hidden = *state;
  return true;
}

bool read_hfs_codes(FindParser& parser, Words words, FindArguments& a) {
  a.codes = {.creator = words[0], .type = words[1]};
  const auto good = [](const std::string& code) { return code.size() == 4 || code.size() == 1; };
  if (good(words[0]) && good(words[1])) return true;
  return parser.fail("HFS+ file creator code or type code are not exactly 4 characters long");
}

bool read_blessing(FindParser& parser, Words words, FindArguments& a) {
  if (words[0] == "any" || words[0] == "a") return true;
  a.blessing = parse_blessing(words[0]);
  if (a.blessing) return true;
  parser.fail("Unknown blessing type " + shell_quote(words[0]));
  return parser.fail("-findi: cannot setup -has_hfs_bless test");
}

bool read_outname(FindParser& parser, Words words, FindArguments& a) {
  const auto converter = make_name_converter(parser.program, Versions::omitted, words[0]);
  if (!converter) return false;
  a.check = [converter](core::image::Node node) {
    return converter->there_and_back(node.name(), node.is_directory()) != node.name();
  };
  return true;
}

bool read_true(FindParser&, Words, FindArguments& a) {
  a.first = 1;
  return true;
}

struct TestRow {
  std::string_view name;
  int parameters;
  FindFunction function;
  ArgumentReader read = read_nothing;
  bool negated = false;
};

constexpr TestRow kTests[] = {
    {"-bad_outname", 1, tests::by_check, read_outname},
    {"-damaged", 0, tests::constant},
    {"-disk_name", 1, tests::disk_name, read_disk_name},
    {"-disk_path", 1, tests::disk_path, read_disk_path},
    {"-false", 0, tests::constant},
    {"-has_aaip", 0, tests::aaip},
    {"-has_acl", 0, tests::acl},
    {"-has_any_xattr", 0, tests::any_xattr},
    {"-has_filter", 0, tests::filter},
    {"-has_hfs_bless", 1, tests::hfs_bless, read_blessing},
    {"-has_hfs_crtp", 2, tests::hfs_codes, read_hfs_codes},
    {"-has_md5", 0, tests::md5},
    {"-has_no_aaip", 0, tests::aaip, read_nothing, true},
    {"-has_no_acl", 0, tests::acl, read_nothing, true},
    {"-has_no_filter", 0, tests::filter, read_nothing, true},
    {"-has_no_xattr", 0, tests::xattr, read_nothing, true},
    {"-has_xattr", 0, tests::xattr},
    {"-hidden", 1, tests::hidden, read_hidden},
    {"-lba_range", 2, tests::lba_range, read_lba_range},
    {"-maxdepth", 1, tests::maxdepth, read_maxdepth},
    {"-mindepth", 1, tests::mindepth, read_mindepth},
    {"-name", 1, tests::name, read_name},
    {"-name_limit_blocker", 1, tests::name_limit_blocker, read_name_limit},
    {"-pending_data", 0, tests::pending_data},
    {"-true", 0, tests::constant, read_true},
    {"-type", 1, tests::type, read_type},
    {"-undamaged", 0, tests::constant, read_nothing, true},
    {"-wholename", 1, tests::wholename, read_wholename},
};

struct OperatorRow {
  std::string_view name;
  FindBuilder::Word word;
};

constexpr OperatorRow kOperators[] = {
    {"(", FindBuilder::Word::open},        {"-sub", FindBuilder::Word::open},
    {")", FindBuilder::Word::close},       {"-subend", FindBuilder::Word::close},
    {"!", FindBuilder::Word::negate},      {"-not", FindBuilder::Word::negate},
    {"-a", FindBuilder::Word::both},       {"-and", FindBuilder::Word::both},
    {"-o", FindBuilder::Word::either},     {"-or", FindBuilder::Word::either},
    {"-if", FindBuilder::Word::if_},       {"-then", FindBuilder::Word::then},
    {"-elseif", FindBuilder::Word::else_if}, {"-else", FindBuilder::Word::else_},
    {"-endif", FindBuilder::Word::end_if},
};

/// Parameters of the test or action `name`; empty optional: reported.
std::optional<Words> take(FindParser& parser, std::size_t count, std::string_view what, const std::string& name) {
  if (parser.words.size() - parser.at < count) {
    parser.fail("-find[ix]: not enough parameters with " + std::string(what) + " " + shell_quote(name));
    return std::nullopt;
  }
  const Words taken = parser.words.subspan(parser.at, count);
  parser.at += count;
  return taken;
}

bool parse_test(FindParser& parser, const TestRow& row, const std::string& word) {
  const auto parameters = take(parser, static_cast<std::size_t>(row.parameters), "test", word);
  FindArguments arguments;
  if (!parameters || !row.read(parser, *parameters, arguments)) return false;
  parser.builder.add_test(row.function, std::move(arguments), row.negated);
  return true;
}

/// -use_pattern is a test that is true, -or_use_pattern one that is false and comes with its own "or".
bool parse_use_pattern(FindParser& parser, const std::string& word, bool alternative) {
  const auto parameters = take(parser, 1, "test", word);
  if (!parameters) return false;
  parser.patterns = (*parameters)[0] != "off";
  if (alternative) parser.builder.add(FindBuilder::Word::either);
  FindArguments arguments;
  arguments.first = alternative ? 0 : 1;
  parser.builder.add_test(tests::constant, std::move(arguments), false);
  return true;
}

/// The tests behind the action "find" belong to the inner search.
bool parse_inner_find(FindParser& parser) {
  auto inner = parse_find_words(parser.program, parser.realm, parser.words.subspan(parser.at));
  parser.at = parser.words.size();
  if (!inner) return false;
  auto job = std::make_shared<FindJob>(std::move(*inner));
  Program& program = parser.program;
  parser.job.action = {.begin = [job] { if (job->action.begin) job->action.begin(); },
                       .apply = [job, &program](const FindHit& hit) { return run_find_below(program, *job, hit); },
                       .finish = [job] { if (job->action.finish) job->action.finish(); },
                       .alters_tree = job->action.alters_tree};
  return true;
}

bool parse_exec(FindParser& parser) {
  const auto name_word = take(parser, 1, "-exec", "-exec");
  if (!name_word) return false;
  std::string_view name = (*name_word)[0];
  if (name.starts_with('-')) name.remove_prefix(1);
  if (name == "find" && parser.realm == FindRealm::image) return parse_inner_find(parser);
  const FindActionRow* row = find_action_row(name);
  if (row == nullptr) return parser.fail("-find -exec: unknown action " + shell_quote((*name_word)[0]));
  const auto parameters = take(parser, static_cast<std::size_t>(row->parameters), "-exec", std::string(name));
  if (!parameters) return false;
  if (parser.realm == FindRealm::disk && !row->on_disk) {
    parser.job.action = echo_action(parser.program);
    return true;
  }
  auto action = row->make(parser.program, *parameters);
  if (!action) return false;
  parser.job.action = std::move(*action);
  return true;
}

bool parse_word(FindParser& parser) {
  const std::string word = parser.words[parser.at++];
  for (const TestRow& row : kTests)
    if (row.name == word) return parse_test(parser, row, word);
  for (const OperatorRow& row : kOperators) {
    if (row.name != word) continue;
    parser.builder.add(row.word);
    return true;
  }
  if (word == "-exec") return parse_exec(parser);
  if (word == "-use_pattern") return parse_use_pattern(parser, word, false);
  if (word == "-or_use_pattern") return parse_use_pattern(parser, word, true);
  if (word == "-prune") {
    parser.builder.add_prune();
    return true;
  }
  if (word == "-sort_lba") {
    parser.job.sort_lba = true;
    FindArguments arguments;
    arguments.first = 1;
    parser.builder.add_test(tests::constant, std::move(arguments), false);
    return true;
  }
  if (word == "-decision") {
    const auto parameters = take(parser, 1, "test", word);
    if (!parameters) return false;
    parser.builder.add_decision((*parameters)[0] == "yes" || (*parameters)[0] == "true");
    return true;
  }
  return parser.fail("-find[ix]: unknown option " + shell_quote(word));
}

}  // namespace

std::optional<FindJob> parse_find_words(Program& program, FindRealm realm, Words words) {
  FindParser parser{.program = program, .realm = realm, .words = words};
  parser.job.realm = realm;
  parser.job.action = echo_action(program);
  while (parser.at < words.size())
    if (!parse_word(parser)) return std::nullopt;
  parser.job.expression = parser.builder.finish();
  return std::move(parser.job);
}

}  // namespace xorriso

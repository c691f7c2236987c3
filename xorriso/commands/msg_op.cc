// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command -msg_op: lets frontends use the message sieve, the word parser and the list of severities.
#include "xorriso/commands/msg_op.h"

#include <algorithm>
#include <array>

#include "libcore/base/text.h"
#include "xorriso/console.h"
#include "xorriso/numbers.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/sieve.h"
#include "xorriso/program.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

/// One word as number of its lines and the lines.
std::string framed(const std::string& word) {
  return std::to_string(1 + std::count(word.begin(), word.end(), '\n')) + "\n" + word + "\n";
}

bool list_severities(Program& program, const std::string&) {
  program.result("ALL ERRFILE DEBUG UPDATE NOTE HINT WARNING SORRY MISHAP FAILURE FATAL ABORT NEVER\n");
  return true;
}

bool compare_severities(Program& program, const std::string& pair) {
  const auto comma = pair.find(',');
  if (comma == pair.npos || comma + 1 == pair.size())
    return program.fail(Severity::sorry, "-msg_op cmp_sev: malformed severity pair " + shell_quote(pair));
  const auto severity = [](std::string_view word) { return core::parse_severity(word).value_or(Severity::fatal); };
  const Severity a = severity(std::string_view(pair).substr(0, comma)), b = severity(std::string_view(pair).substr(comma + 1));
  program.result(a < b ? "-1\n" : a > b ? "1\n" : "0\n");
  return true;
}

bool start_sieve(Program& program, const std::string&) {
  program.channels().with_sieve([](Sieve& sieve) { sieve.start(); });
  program.report(Severity::note, "Message sieve enabled");
  return true;
}

bool clear_sieve(Program& program, const std::string&) {
  program.channels().with_sieve([](Sieve& sieve) { sieve.clear(); });
  program.report(Severity::note, "Recorded message sieve results disposed");
  return true;
}

bool end_sieve(Program& program, const std::string&) {
  program.channels().with_sieve([](Sieve& sieve) { sieve.stop(); });
  program.report(Severity::note, "Message sieve disabled");
  return true;
}

bool show_sieve(Program& program, const std::string&) {
  std::string text = "0\n";
  program.channels().with_sieve([&](Sieve& sieve) {
    if (!sieve.is_active()) return;
    const auto names = sieve.names();
    text = "1\n" + std::to_string(names.size()) + "\n";
    for (const auto name : names) text.append(name).append("\n");
  });
  program.result(text);
  return true;
}

bool read_sieve(Program& program, const std::string& name) {
  std::string text = "0\n0\n0\n";
  program.channels().with_sieve([&](Sieve& sieve) {
    if (sieve.is_active() && !Sieve::is_known(name)) text = "-2\n0\n0\n";
    const auto record = sieve.take(name);
    if (!record) return;
    text = "1\n" + std::to_string(record->words.size()) + "\n";
    for (const auto& word : record->words) text += framed(word);
    text += std::to_string(record->remaining) + "\n";
  });
  program.result(text);
  return true;
}

/// What the parameter text of the parse operations asks for.
struct ParseJob {
  std::string prefix, separators;
  std::int64_t max_words = 0, flags = 0, count = 1;
};

ParseJob parse_job(const std::string& parameters) {
  auto words = split_line(parameters, {}).words;
  words.resize(5);
  const auto number = [&](const std::string& word, std::int64_t standard) {
    return std::clamp<std::int64_t>(parse_integer(word).value_or(standard), 0, 1 << 20);
  };
  return {words[0], words[1], number(words[2], 0), number(words[3], 0), number(words[4], 1)};
}

BackslashCodes codes_of(std::int64_t flags) {
  const auto mode = (flags & 1) != 0 ? (flags >> 1) & 3 : 0;
  return {.in_double_quotes = mode == 1, .in_quotes = mode == 2, .with_quoted_input = mode == 3};
}

void parse_text(Program& program, const ParseJob& job, const std::string& text) {
  if (!text.starts_with(job.prefix)) {
    program.result("2\n0\n");
    return;
  }
  auto split = split_line_at(std::string_view(text).substr(job.prefix.size()), job.separators, codes_of(job.flags),
                             static_cast<std::size_t>(job.max_words));
  if (split.end == SplitLine::End::open_quote) {
    if ((job.flags & 64) != 0) program.report(Severity::failure, "Incomplete quotation in parsed line: " + text);
    program.result("0\n0\n");
    return;
  }
  auto& words = split.words;
  if ((job.flags & 32) != 0) words.insert(words.begin(), program.settings.scripting.program_name);
  std::string out = "1\n" + std::to_string(words.size()) + "\n";
  for (const auto& word : words) out += framed(word);
  program.result(out);
}

/// Reads lines and joins them by newlines. Empty optional: end of input.
std::optional<std::string> read_lines(Program& program, std::int64_t count) {
  std::string text;
  for (std::int64_t i = 0; i < count; i++) {
    const auto line = program.console().read_line_or_hangup();
    if (!line) return std::nullopt;
    text += (i > 0 ? "\n" : "") + *line;
  }
  return text;
}

bool parse_silently(Program& program, const std::string& parameters) {
  const ParseJob job = parse_job(parameters);
  const auto text = read_lines(program, job.count);
  if (text) parse_text(program, job, *text);
  return text.has_value();
}

bool parse(Program& program, const std::string& parameters) {
  const auto lines = parse_job(parameters).count;
  program.info(lines > 1 ? core::strprintf("-msg_op parse: Enter %lld text lines\n", static_cast<long long>(lines))
                         : "-msg_op parse: Enter text line\n");
  return parse_silently(program, parameters);
}

bool parse_bulk_silently(Program& program, const std::string& parameters) {
  const ParseJob job = parse_job(parameters);
  for (std::int64_t i = 0; i < job.count; i++) {
    const auto count = program.console().read_line_or_hangup();
    if (!count) return false;
    const auto text = read_lines(program, parse_integer(*count).value_or(0));
    if (!text) return false;
    parse_text(program, job, *text);
  }
  return true;
}

bool parse_bulk(Program& program, const std::string& parameters) {
  program.info(core::strprintf("Enter %lld groups of lines. Each group begins by a line which tells the\n",
                               static_cast<long long>(parse_job(parameters).count)));
  program.info("number of following lines in the group. Then come the announced lines\n");
  program.info("Do this blindly. No further prompt will appear. Best be a computer.\n");
  return parse_bulk_silently(program, parameters);
}

struct Operation { std::string_view name; bool (*run)(Program&, const std::string&); };
constexpr Operation kOperations[] = {
    {"list_sev", list_severities}, {"compare_sev", compare_severities},
    {"start_sieve", start_sieve},  {"clear_sieve", clear_sieve},
    {"end_sieve", end_sieve},      {"show_sieve", show_sieve},
    {"read_sieve", read_sieve},    {"parse", parse},
    {"parse_silently", parse_silently}, {"parse_bulk", parse_bulk},
    {"parse_bulk_silently", parse_bulk_silently},
};

}  // namespace

bool cmd_msg_op(Program& program, Words words) {
  for (const auto& operation : kOperations)
    if (operation.name == words[0]) return operation.run(program, words[1]);
  return program.fail(Severity::sorry, "-msg_op: unknown operation " + shell_quote(words[0]));
}

}  // namespace xorriso

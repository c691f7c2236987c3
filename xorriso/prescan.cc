// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/prescan.h"

#include <algorithm>
#include <array>
#include <set>

#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/interpreter.h"
#include "xorriso/output/channels.h"
#include "xorriso/program.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;
using AddPlainly = InsertSettings::AddPlainly;

// Executed by the scan if spelled with exactly one dash, the first occurrence only.
constexpr std::array<std::string_view, 5> kEarly{"-abort_on", "-report_about", "-return_with", "-scsi_log", "-signal_handling"};
// Executed by the scan because they decide what the following words mean. The settings are restored afterwards.
constexpr std::array<std::string_view, 3> kWordSettings{"list_delimiter", "add_plainly", "backslash_codes"};
constexpr std::array<std::string_view, 4> kMkisofsNames{"mkisofs", "genisofs", "genisoimage", "xorrisofs"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// A delimiter of several words is refused by the command, but does not spoil the scan.
bool splits_delimiter(const CommandRow& row, Words arguments) {
  return row.name == "list_delimiter" && !arguments.empty() && arguments[0].find_first_of(" \t\n") != std::string::npos;
}

/// Restores the settings which the scan changes for its own use.
class SavedWordSettings {
 public:
  explicit SavedWordSettings(Program& program)
      : program_(program),
        delimiter_(program.settings.scripting.list_delimiter),
        codes_(program.settings.scripting.backslash_codes),
        add_plainly_(program.settings.insert.add_plainly) {}
  ~SavedWordSettings() {
    program_.settings.scripting.list_delimiter = delimiter_;
    program_.settings.scripting.backslash_codes = codes_;
    program_.settings.insert.add_plainly = add_plainly_;
    program_.apply_encoding();
  }

 private:
  Program& program_;
  std::string delimiter_;
  BackslashCodes codes_;
  AddPlainly add_plainly_;
};

class Scanner {
 public:
  Scanner(Program& program, Words words, PrescanPass pass) : program_(program), words_(words), pass_(pass) {}

  PrescanResult run() {
    const SavedWordSettings saved(program_);
    program_.begin_command();
    if (words_.size() == 1 && canonical_command(words_[0]) != "no_rc") return result_;  // it has to speak for itself
    for (std::size_t at = 0; at < words_.size() && !result_.aborted; at++) {
      const std::string& word = words_[at];
      if (at == 0 && canonical_command(word) == "no_rc") {
        result_.no_rc = true;
        return result_;
      }
      at += scan(word, at);
    }
    if (pass_ == PrescanPass::first || result_.aborted) return result_;
    result_.aborted = must_abort(program_);
    if (unknown_seen_ && !result_.aborted) must_abort(program_);  // the reference program says it twice
    return result_;
  }

 private:
  /// Returns how many words belong to the one at `at`.
  std::size_t scan(const std::string& word, std::size_t at) {
    const std::string& delimiter = program_.settings.scripting.list_delimiter;
    if (is_skipped_word(word, delimiter)) return 0;
    if (word == "-x") {
      result_.sort = true;
      return 0;
    }
    const CommandRow* row = find_command(word);
    if (program_.settings.insert.add_plainly == AddPlainly::any) return 0;
    if (row == nullptr || row->name == "x") {
      report_unknown(word);
      return 0;
    }
    const std::size_t count = count_arguments(*row, words_, at, delimiter);
    const Words arguments = words_.subspan(at + 1, count);
    if (contains(kEarly, word) && done_.insert(word).second) execute(*row, arguments);
    if (contains(kWordSettings, row->name) && !execute(*row, arguments) && !splits_delimiter(*row, arguments))
      result_.aborted = must_abort(program_);
    look_for_stdout_target(*row, arguments);
    return count;
  }

  bool execute(const CommandRow& row, Words arguments) {
    std::vector<std::string> words(arguments.begin(), arguments.end());
    words.resize(row.shape.count);
    if (program_.settings.scripting.backslash_codes.with_program_arguments)
      for (auto& word : words) word = decode_backslashes(word);
    return row.handler(program_, words);
  }

  void report_unknown(const std::string& word) {
    const auto mode = program_.settings.insert.add_plainly;
    const bool dashed = word.starts_with("-");
    if (mode == AddPlainly::dashed || (mode == AddPlainly::unknown && !dashed)) return;
    if (pass_ == PrescanPass::first) return;
    program_.report(Severity::failure, "Not a known command:  " + core::shell_quote(word) + "\n");
    unknown_seen_ = true;
  }

  void look_for_stdout_target(const CommandRow& row, Words arguments) {
    const bool is_drive = row.name == "dev" || row.name == "indev" || row.name == "outdev";
    const bool to_stdout = is_drive && !arguments.empty() && (arguments[0] == "-" || arguments[0] == "stdio:/dev/fd/1");
    const bool mkisofs = row.name == "as" && !arguments.empty() && contains(kMkisofsNames, arguments[0]);
    if (to_stdout || mkisofs) program_.channels().protect_stdout();
  }

  Program& program_;
  Words words_;
  PrescanPass pass_;
  PrescanResult result_;
  bool unknown_seen_ = false;
  std::set<std::string, std::less<>> done_;
};

}  // namespace

PrescanResult prescan(Program& program, Words words, PrescanPass pass) { return Scanner(program, words, pass).run(); }

std::vector<std::string> sort_arguments(Program& program, Words words) {
  struct Group { int rank; std::size_t begin, count; };
  std::vector<Group> groups;
  const std::string delimiter = program.settings.scripting.list_delimiter;
  for (std::size_t at = 0; at < words.size();) {
    const CommandRow* row = is_skipped_word(words[at], delimiter) || words[at] == "-x" ? nullptr : find_command(words[at]);
    if (row == nullptr) {
      at++;
      continue;
    }
    const std::size_t count = 1 + count_arguments(*row, words, at, delimiter);
    groups.push_back({row->rank, at, count});
    at += count;
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.rank < b.rank; });
  std::vector<std::string> sorted;
  for (const auto& group : groups)
    sorted.insert(sorted.end(), words.begin() + group.begin, words.begin() + group.begin + group.count);
  return sorted;
}

bool check_word_settings(Program& program, Words words) {
  const SavedWordSettings saved(program);
  auto& scripting = program.settings.scripting;
  for (std::size_t at = 0; at < words.size(); at++) {
    const auto text = [&](const std::string& word) {
      return scripting.backslash_codes.with_program_arguments ? decode_backslashes(word) : word;
    };
    const CommandRow* row = is_skipped_word(words[at], scripting.list_delimiter) ? nullptr : find_command(text(words[at]));
    if (row == nullptr) continue;
    const std::size_t count = count_arguments(*row, words, at, scripting.list_delimiter);
    if (row->name == "list_delimiter" || row->name == "backslash_codes") {
      const std::vector<std::string> arguments{count > 0 ? text(words[at + 1]) : std::string()};
      if (count > 0 && !row->handler(program, arguments) && !splits_delimiter(*row, arguments)) return false;
    }
    at += count;
  }
  return true;
}

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line of vburn as a table: one row per subcommand, one row per option. Parsing, help texts, usage errors,
// bash completion and the test of the manual all read it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"

namespace vburn {

enum class Value { none, required, optional };

/// What an option value or operand is, for completion.
enum class Kind { text, file, program, medium, drive, fault };

struct OptionRow {
  std::string_view name;  ///< without the dashes
  Value value = Value::none;
  std::string_view value_name;
  Kind kind = Kind::text;
  std::string_view help;
};

struct Arguments {
  std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< by name, values in order, "" for none
  std::vector<std::string> operands;

  bool has(std::string_view name) const { return options.contains(name); }
  /// Last value of an option, or a default.
  std::string get(std::string_view name, std::string fallback = "") const;
  const std::vector<std::string>& all(std::string_view name) const;
};

struct CommandRow {
  std::string_view name;
  std::string_view operands;  ///< as in the synopsis
  int least = 0;
  int most = 0;               ///< -1: any number
  Kind operand_kind = Kind::text;
  bool program = false;       ///< options end at the first operand, the rest belongs to the program
  std::string_view summary;
  std::string_view help;      ///< more sentences for --help
  std::span<const OptionRow> options;
  int (*handler)(const Arguments&) = nullptr;
};

std::span<const CommandRow> command_table();
const CommandRow* find_command(std::string_view name);

/// Sorts words into options and operands. The problem names the word and what is allowed.
core::Result<Arguments> parse_arguments(const CommandRow& row, std::span<const std::string> words);

std::string general_help();
std::string command_help(const CommandRow& row);
/// A completion script for bash.
std::string bash_completion();

}  // namespace vburn

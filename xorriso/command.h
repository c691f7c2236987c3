// SPDX-License-Identifier: GPL-3.0-or-later
//
// The vocabulary of the command table. One command is one row: parsing, arity, -x sorting, -help, -list_arg_sorting,
// -status, completion, the manual's index and the tests all read it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xorriso {

class Program;

using Words = std::span<const std::string>;

/// Executes a command with its arguments, wildcards already expanded. Fixed words are always there: those which the
/// user left out are empty. Returns false if it failed; events, if any, have been reported through Program.
using Handler = bool (*)(Program&, Words);

/// How many words a command takes.
struct Shape {
  enum class Kind {
    fixed,             ///< exactly `count` words, taken blindly
    list,              ///< `count` fixed words, then a list up to the delimiter
    list_target_last,  ///< a list whose last word is the target
  };
  Kind kind = Kind::fixed;
  int count = 0;
};
constexpr Shape fixed(int count) { return {Shape::Kind::fixed, count}; }
constexpr Shape list(int count) { return {Shape::Kind::list, count}; }
inline constexpr Shape kTargetLast{Shape::Kind::list_target_last, 0};

/// Which wildcard setting applies to the words of the list. The interpreter expands before it calls the handler.
enum class Expansion {
  none,
  iso,                    ///< image, if -iso_rr_pattern on
  iso_ls,                 ///< image, if -iso_rr_pattern on or ls
  disk,                   ///< disk, if -disk_pattern on
  disk_ls,                ///< disk, if -disk_pattern on or ls
  disk_list_iso_target,   ///< like disk, the last word stays as it is
  iso_list_disk_target,   ///< like iso, the last word stays as it is
  disk_unless_pathspecs,  ///< like disk, but only with -pathspecs off
  disk_and_iso,           ///< union of both
};

/// Prints the command lines that recreate the present setting, one per element, for -status.
struct StatusLine {
  std::string text;
  bool is_default = true;    ///< not shown by "short"
  enum class Form {
    any,
    only_short,
    only_long,
    only_history,    ///< with "long_history" and filters
    only_filter,     ///< with filters only
  } form = Form::any;
};
using StatusPrinter = void (*)(const Program&, std::vector<StatusLine>&);

struct CommandRow {
  std::string_view name;           ///< without dash, words joined by "_"
  std::string_view alias_of = {};  ///< empty, or the name of the row it stands for ("rmi" -> "rm")
  Shape shape = {};
  bool prescan_takes_list = false; ///< the argument counter of the early scan and of -x thinks it takes a list
  Expansion expansion = Expansion::none;
  int rank = 0;                    ///< place in -list_arg_sorting; 0 = unlisted, runs first under -x
  std::string_view arguments = {}; ///< synopsis of the arguments, for -help and the manual
  std::string_view help = {};      ///< one or two sentences in our own words
  std::string_view reassure = {};  ///< with -reassure on the dialog asks whether it "will" really do this
  Handler handler = nullptr;       ///< nullptr: known, but not available in this version. Aliases use the other row's
  StatusPrinter status = nullptr;
};

}  // namespace xorriso

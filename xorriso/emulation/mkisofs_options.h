// SPDX-License-Identifier: GPL-3.0-or-later
//
// The option table of -as mkisofs. One option is one row; most rows are nothing but a translation into native commands.
#pragma once

#include <span>
#include <string_view>

#include "xorriso/command.h"

namespace xorriso {

class MkisofsRun;

struct MkisofsOption {
  enum class Kind {
    native,       ///< executes the native command line in `native`
    special,      ///< has a function
    early,        ///< was obeyed before the drives were acquired, nothing is left to do
    ignored,      ///< skipped with a NOTE
    unsupported,  ///< FAILURE
    fused,        ///< stands for the option in `native`, see there
  };
  enum class When { now, after_paths };

  std::string_view name;      ///< with its dashes; ends by "=" if the value is glued to it
  int arity = 0;              ///< number of argument words; -1 takes all that remain
  Kind kind = Kind::native;
  /// Native command and its arguments, separated by blanks. %1 %2 %3 are the arguments of the option, %p the first one as
  /// an absolute path in the image.
  std::string_view native;
  When when = When::now;
  std::string_view arguments; ///< for -help
  std::string_view help;      ///< in our own words
  bool (*function)(MkisofsRun&, Words arguments) = nullptr;
};

/// All rows.
std::span<const MkisofsOption> mkisofs_options();

/// Finds the row of an argument word: exact, with one surplus dash, as NAME=VALUE. Null if there is none.
const MkisofsOption* find_mkisofs_option(std::string_view word);

/// True if the word is a dash and two or more letters which are options of their own ("-JRr").
bool is_fused_mkisofs_word(std::string_view word);

}  // namespace xorriso

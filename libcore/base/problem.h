// SPDX-License-Identifier: GPL-3.0-or-later
//
// What went wrong, how bad it is, and who says so. Leaf code returns a Problem inside a Result; work that partly
// succeeds hands each Problem to a ProblemSink and goes on. A problem is returned or reported, never both.
// Severities are those of the libburnia libraries, so that their messages and ours form one stream of events.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core {

/// Severity of an event. The numbers are those of libburn, libisofs and libisoburn.
enum class Severity : int {
  all = 0,
  errfile = 0x08000000,
  debug = 0x10000000,
  update = 0x20000000,
  note = 0x30000000,
  hint = 0x40000000,
  warning = 0x50000000,
  sorry = 0x60000000,
  mishap = 0x64000000,
  failure = 0x68000000,
  fatal = 0x70000000,
  abort = 0x71000000,
  never = 0x7fffffff,
};

/// Canonical upper case name. A number between two severities gets the name of the lower one.
std::string_view severity_name(Severity s);

/// Finds the severity whose name, in any letter case, is a prefix of `word` ("failurexyz" is FAILURE).
std::optional<Severity> parse_severity(std::string_view word);

/// Which body of code speaks; the info channel prints its name in front of the severity.
enum class Origin { xorriso, libisofs, libburn, libisoburn };

struct Problem {
  Severity severity = Severity::failure;
  std::string text;          ///< One message, without severity, without newline. Names the word, file, block or medium.
  int os_errno = 0;          ///< errno of the failed system call, or 0.
  Origin origin = Origin::xorriso;
};

/// Where partly successful work reports problems while it goes on. Implementations are thread safe.
class ProblemSink {
 public:
  virtual ~ProblemSink() = default;
  virtual void report(Problem p) = 0;
};

/// A sink made of a function; the function has to be thread safe if several threads report.
class FunctionSink : public ProblemSink {
 public:
  explicit FunctionSink(std::function<void(Problem)> f) : f_(std::move(f)) {}
  void report(Problem p) override { f_(std::move(p)); }

 private:
  std::function<void(Problem)> f_;
};


}  // namespace core

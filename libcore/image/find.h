// SPDX-License-Identifier: GPL-3.0-or-later
//
// The expressions of -find and -findx: tests, joined by operators. An expression is compiled once and then evaluated for
// each file object without allocating memory. The grammar is that of the command language: "A and B or C" means
// "A and (B or C)", evaluation goes from left to right and stops as soon as the result is known.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/image/edit.h"
#include "libcore/image/image.h"
#include "libcore/image/node_details.h"
#include "libcore/image/pattern.h"

namespace core::image {

/// A file object under test: a node of the image, or a file on disk, which many tests never match.
struct FindSubject {
  const Image* image = nullptr;
  Node node;                          ///< Empty with files on disk.
  const struct stat* disk = nullptr;  ///< Null with nodes.
  std::string_view path;              ///< As it would be printed.
  std::string_view name;
  int depth = 0;                      ///< 0 = start of the search.
  dev_t parent_device = 0;            ///< With files on disk.
};

struct FindTest;
/// What a test needs besides the subject.
struct FindArguments {
  Pattern pattern;
  std::string text;
  std::int64_t first = 0, second = 0;
  HideState hidden;
  HfsCodes codes;
  std::optional<Blessing> blessing;
  std::function<bool(Node)> check;    ///< For tests that libcore can't answer by itself.
};
using FindFunction = bool (*)(const FindSubject&, const FindArguments&);

/// The functions of the tests. A test that is to be inverted is negated by the expression.
namespace find_tests {
bool constant(const FindSubject&, const FindArguments&);          ///< first != 0
bool name(const FindSubject&, const FindArguments&);
bool wholename(const FindSubject&, const FindArguments&);
bool disk_name(const FindSubject&, const FindArguments&);
bool disk_path(const FindSubject&, const FindArguments&);         ///< text
bool type(const FindSubject&, const FindArguments&);              ///< first letter of text
bool maxdepth(const FindSubject&, const FindArguments&);          ///< first
bool mindepth(const FindSubject&, const FindArguments&);          ///< first
bool pending_data(const FindSubject&, const FindArguments&);
bool lba_range(const FindSubject&, const FindArguments&);         ///< first, second
bool acl(const FindSubject&, const FindArguments&);
bool xattr(const FindSubject&, const FindArguments&);
bool any_xattr(const FindSubject&, const FindArguments&);
bool aaip(const FindSubject&, const FindArguments&);
bool filter(const FindSubject&, const FindArguments&);
bool md5(const FindSubject&, const FindArguments&);
bool hidden(const FindSubject&, const FindArguments&);
bool hfs_codes(const FindSubject&, const FindArguments&);
bool hfs_bless(const FindSubject&, const FindArguments&);
bool name_limit_blocker(const FindSubject&, const FindArguments&);  ///< first
bool by_check(const FindSubject&, const FindArguments&);            ///< check
}  // namespace find_tests

/// Outcome for one file object.
struct FindVerdict {
  bool matches = false;
  bool prune = false;    ///< The test -prune was reached.
};

class FindExpression {
 public:
  FindVerdict evaluate(const FindSubject& subject) const;

 private:
  friend class FindBuilder;
  struct Step {
    enum class Kind : std::uint8_t { test, prune, decision, negation, both, either, choice } kind;
    bool yes = false;              ///< result of a decision
    int first = -1, second = -1, third = -1;  ///< operands, or condition, then, else; -1 stands for true (else: false)
    FindFunction function = nullptr;
    int arguments = -1;
  };
  struct Run;
  bool run(int step, Run& run) const;

  std::vector<Step> steps_;
  std::vector<FindArguments> arguments_;
  int root_ = -1;
  bool hopeless_ = false;          ///< Malformed: never matches.
};

/// Takes the elements of an expression in the order of their words.
class FindBuilder {
 public:
  enum class Word { open, close, negate, both, either, if_, then, else_if, else_, end_if };
  void add(Word word) { tokens_.push_back({.word = word}); }
  void add_test(FindFunction function, FindArguments arguments, bool negated);
  void add_prune() { tokens_.push_back({.kind = Token::Kind::prune}); }
  void add_decision(bool yes) { tokens_.push_back({.kind = Token::Kind::decision, .yes = yes}); }

  /// Compiles what was added. Open brackets and conditions end with the words. Other malformed expressions match nothing.
  FindExpression finish();

 private:
  struct Token {
    enum class Kind { word, test, prune, decision } kind = Kind::word;
    Word word = Word::open;
    bool yes = false, negated = false;
    FindFunction function = nullptr;
    int arguments = -1;
  };
  enum class Begin { operand, condition };
  int parse_sequence(Begin begin);
  int parse_operand();
  int parse_condition();
  bool at_end() const { return at_ == tokens_.size(); }
  bool next_is(Word word) const;
  int emit(FindExpression::Step step);

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool else_if_follows_ = false;   ///< The condition just parsed has ended by "elseif".
  FindExpression out_;
};

/// Disk path of a data file's content, or of the directory from which the direct children of a directory stem.
std::string disk_origin(Node node);

}  // namespace core::image

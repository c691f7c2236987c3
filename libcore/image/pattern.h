// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shell patterns: `*` any characters, `?` one character, `[...]` one of a set (`[!...]` or `[^...]` none of it, ranges,
// classes like [:alpha:]), `\x` the character x. Names that begin with a dot are names like others. And the expansion
// of pattern words into paths of the image tree or of the disk.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// True if the word contains one of "*?[" and so is a pattern at all.
bool has_wildcards(std::string_view word);

/// A compiled pattern. Characters are those of the locale; bytes that are no character match only themselves.
class Pattern {
 public:
  /// FAILURE if a bracket is not closed or a range is upside down.
  static Result<Pattern> compile(std::string_view text);
  /// Matches only `text` itself, whatever characters it has.
  static Pattern literal(std::string_view text);

  /// True if the pattern covers the whole of `name`. `*` and `?` match the slash too: the caller splits paths.
  bool matches(std::string_view name) const;

 private:
  struct Range { char32_t first, last; };
  struct Element {
    enum class Kind { character, any, star, set } kind;
    char32_t character = 0;
    bool negated = false;
    std::vector<Range> ranges{};
    std::vector<unsigned long> classes{};  // wctype_t
  };
  class Compiler;
  bool match_from(std::size_t element, std::string_view name) const;
  static bool accepts(const Element& element, char32_t c);

  std::string prefix_;               // literal bytes before the first special element
  std::vector<Element> elements_;
};

/// Replaces each word that matches nodes of the tree by their paths, in the order of the tree; words without match stay
/// unaltered. Patterns match component by component, do not look behind symbolic links, and are relative to `cwd`;
/// the results of relative words are relative, except if the list has an absolute word. A word that can't be understood
/// is a FAILURE; its cause has been reported to `problems` before.
Result<std::vector<std::string>> expand_in_image(const Image& image, std::string_view cwd,
                                                 std::span<const std::string> words, ProblemSink& problems);

enum class LinkHopping { no, yes };

/// The same on disk. LinkHopping: whether a symbolic link to a directory may be entered by the next component.
Result<std::vector<std::string>> expand_on_disk(std::string_view cwd, std::span<const std::string> words,
                                                LinkHopping hopping, ProblemSink& problems);

}  // namespace core::image

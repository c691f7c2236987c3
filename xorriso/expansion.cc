// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/expansion.h"

#include <algorithm>
#include <cmath>

#include "libcore/base/text.h"
#include "libcore/image/pattern.h"

namespace xorriso {

namespace {

using core::Severity;

bool patterns_enabled(PatternMode mode, PatternUse use) {
  return mode == PatternMode::on || (mode == PatternMode::ls && use == PatternUse::listing);
}

/// Warns once about a pattern that will be taken literally.
void warn_disabled(Program& program, Words words, const char* command) {
  const auto wild = std::find_if(words.begin(), words.end(), core::image::has_wildcards);
  if (wild == words.end()) return;
  program.report(Severity::warning,
                 std::string("Pattern expansion of wildcards \"*?[\" is disabled by command ") + command);
  program.report(Severity::warning, "Pattern seen: " + core::shell_quote(*wild) + "\n");
}

/// Refuses lists which are longer than -temp_mem_limit allows.
bool fits_into_limit(Program& program, const std::vector<std::string>& words) {
  std::int64_t bytes = 0;
  for (const auto& word : words) bytes += static_cast<std::int64_t>(word.size() + 1 + sizeof(char*));
  const auto limit = program.settings.scripting.temp_mem_limit;
  if (bytes <= limit) return true;
  const auto kilobytes = [](std::int64_t n) { return std::ceil(static_cast<double>(n) / 1024 * 10) / 10; };
  return program.fail(Severity::failure, core::strprintf("List of matching file addresses exceeds -temp_mem_limit (%.1fk > %.1fk)",
                                                         kilobytes(bytes), kilobytes(limit)));
}

std::optional<std::vector<std::string>> take(Program& program, core::Result<std::vector<std::string>> result) {
  if (result) {
    if (!fits_into_limit(program, *result)) return std::nullopt;
    return std::move(result).value();
  }
  program.report(std::move(result).problem());
  return std::nullopt;
}

}  // namespace

bool require_image(Program& program) {
  if (program.image != nullptr) return true;
  return program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
}

std::optional<std::vector<std::string>> expand_iso_words(Program& program, Words words, PatternUse use) {
  if (words.empty()) return std::vector<std::string>();
  if (!require_image(program)) return std::nullopt;
  if (!patterns_enabled(program.settings.insert.iso_pattern, use)) {
    if (use == PatternUse::working) warn_disabled(program, words, "-iso_rr_pattern");
    return std::vector<std::string>(words.begin(), words.end());
  }
  const std::string& cwd = program.settings.iso_cwd;
  const auto relative = std::find_if(words.begin(), words.end(), [](const auto& word) { return !word.starts_with("/"); });
  if (relative != words.end() && !program.image->find(cwd)) {
    program.report(Severity::failure, "While expanding pattern " + core::shell_quote(*relative) +
                                          " : Working directory does not exist in ISO image");
    return std::nullopt;
  }
  return take(program, core::image::expand_in_image(*program.image, cwd, words, program));
}

std::optional<std::vector<std::string>> expand_disk_words(Program& program, Words words, PatternUse use) {
  if (!patterns_enabled(program.settings.insert.disk_pattern, use)) {
    if (use == PatternUse::working) warn_disabled(program, words, "-disk_pattern");
    return std::vector<std::string>(words.begin(), words.end());
  }
  const auto& insert = program.settings.insert;
  using core::image::LinkHopping;
  const LinkHopping hopping = insert.follow_pattern || insert.follow_link ? LinkHopping::yes : LinkHopping::no;
  return take(program, core::image::expand_on_disk(program.settings.disk_cwd, words, hopping, program));
}

std::optional<std::string> expand_iso_target(Program& program, const std::string& word) {
  if (!core::image::has_wildcards(word) || program.settings.insert.iso_pattern != PatternMode::on) return word;
  const auto matches = expand_iso_words(program, Words(&word, 1), PatternUse::working);
  if (!matches) return std::nullopt;
  if (matches->size() == 1 && matches->front() != word) return matches->front();
  const bool found = matches->size() > 1 || program.image->find(program.iso_path(word).value_or("")).handle() != nullptr;
  if (matches->size() == 1 && found) return word;
  program.report(Severity::failure, (found ? "Pattern match with more than one file object: "
                                           : "No pattern match with any file object: ") + core::shell_quote(word));
  return std::nullopt;
}

bool expand_arguments(Program& program, const CommandRow& row, std::vector<std::string>& arguments) {
  if (row.expansion == Expansion::none || row.shape.kind == Shape::Kind::fixed) return true;
  const std::size_t fixed = std::min(arguments.size(), static_cast<std::size_t>(row.shape.count));
  const Words all(arguments);
  Words list = all.subspan(fixed);
  const bool keeps_target =
      row.expansion == Expansion::disk_list_iso_target || row.expansion == Expansion::iso_list_disk_target;
  if (keeps_target && !list.empty()) list = list.first(list.size() - 1);
  if (list.empty()) return true;
  std::optional<std::vector<std::string>> words;
  switch (row.expansion) {
    case Expansion::none: return true;
    case Expansion::iso:
    case Expansion::iso_list_disk_target: words = expand_iso_words(program, list, PatternUse::working); break;
    case Expansion::iso_ls: words = expand_iso_words(program, list, PatternUse::listing); break;
    case Expansion::disk_unless_pathspecs:
      if (program.settings.insert.pathspecs != InsertSettings::Pathspecs::off) return true;
      [[fallthrough]];
    case Expansion::disk:
    case Expansion::disk_list_iso_target: words = expand_disk_words(program, list, PatternUse::working); break;
    case Expansion::disk_ls: words = expand_disk_words(program, list, PatternUse::listing); break;
    case Expansion::disk_and_iso: return true;
  }
  if (!words) return false;
  std::vector<std::string> result(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(fixed));
  result.insert(result.end(), words->begin(), words->end());
  if (keeps_target) result.push_back(all.back());
  arguments = std::move(result);
  return true;
}

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/drive_rules.h"

#include <fnmatch.h>
#include <sys/stat.h>

#include "libcore/base/text.h"
#include "libcore/drive/acquire.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

constexpr std::string_view kStdio = "stdio:";
constexpr std::string_view kMmc = "mmc:";

std::vector<std::string> components(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto end = path.find('/');
    if (end != 0) parts.emplace_back(path.substr(0, end));
    if (end == path.npos) break;
    path.remove_prefix(end + 1);
  }
  return parts;
}

std::string_view without_prefix(std::string_view address) {
  for (const auto prefix : {kStdio, kMmc})
    if (address.starts_with(prefix)) return address.substr(prefix.size());
  return address;
}

using Class = DriveSettings::Rule::Class;

const std::string* find_rule(Class kind, std::string_view path, const DriveSettings& settings) {
  for (const auto& rule : settings.classes)
    if (rule.kind == kind && matches_path_or_parent(rule.pattern, path)) return &rule.pattern;
  return nullptr;
}

Verdict refuse(std::string text, std::string hint = {}) {
  Verdict v;
  v.refusal.push_back({Severity::failure, std::move(text)});
  if (!hint.empty()) v.refusal.push_back({Severity::hint, std::move(hint)});
  return v;
}

Verdict accept(std::string address, const DriveSettings& settings) {
  if (settings.ban_stdio_write && address.starts_with(kStdio))
    return refuse("Drive address banned by -ban_stdio_write : " + shell_quote(address));
  return {std::move(address), {}};
}

}  // namespace

bool matches_path_or_parent(std::string_view pattern, std::string_view path) {
  const auto want = components(pattern), have = components(path);
  if (want.size() > have.size()) return false;
  for (std::size_t i = 0; i < want.size(); ++i)
    if (::fnmatch(want[i].c_str(), have[i].c_str(), 0) != 0) return false;
  return true;
}

Verdict judge_address(std::string_view address, const AddressFacts& facts, const DriveSettings& settings) {
  const std::string path(without_prefix(address));
  const bool is_stdio = address.starts_with(kStdio), is_mmc = address.starts_with(kMmc);
  if (is_stdio && path.empty()) return refuse("No suitable path given by device address " + shell_quote(address));
  const bool harmless = find_rule(Class::harmless, path, settings) != nullptr;
  if (!harmless) {
    if (const auto* rule = find_rule(Class::banned, path, settings))
      return refuse("Drive address " + shell_quote(address) + " rejected because: -drive_class 'banned' " + shell_quote(*rule));
    const auto* rule = find_rule(Class::caution, path, settings);
    if (rule != nullptr && !is_stdio && !is_mmc && !facts.is_mmc) {
      const std::string why = " rejected because: " + std::string(facts.exists ? "not MMC" : "not existing") +
                              " and -drive_class 'caution' " + shell_quote(*rule);
      return refuse("Drive address " + shell_quote(address) + why,
                    facts.exists ? "If the address is a legitimate target, prepend \"stdio:\""
                                 : "If the address is a legitimate address for a new regular file, prepend \"stdio:\"");
    }
  }
  if (is_mmc || (facts.is_mmc && !is_stdio)) return accept(path, settings);
  return accept(std::string(kStdio) + path, settings);
}

AddressFacts facts_about(std::string_view address) {
  const std::string path(without_prefix(address));
  struct stat st{};
  AddressFacts facts;
  facts.exists = ::stat(path.c_str(), &st) == 0;
  facts.is_mmc = core::drive::looks_like_burner(path);
  return facts;
}

}  // namespace xorriso

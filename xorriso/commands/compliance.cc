// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command -compliance: which rules of ECMA-119, Joliet, Rock Ridge and AAIP may be relaxed in the image.
#include <algorithm>

#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;

/// A rule which is on or off, by the order in which -status shows those which are on.
struct Rule { std::string_view word; bool Compliance::*member; };
constexpr Rule kRules[] = {
    {"allow_dir_id_ext", &Compliance::allow_dir_id_ext},
    {"omit_version", &Compliance::omit_version},
    {"only_iso_version", &Compliance::only_iso_version},
    {"deep_paths", &Compliance::deep_paths},
    {"long_paths", &Compliance::long_paths},
    {"long_names", &Compliance::long_names},
    {"no_force_dots", &Compliance::no_force_dots},
    {"no_j_force_dots", &Compliance::no_j_force_dots},
    {"lowercase", &Compliance::lowercase},
    {"full_ascii", &Compliance::full_ascii},
    {"7bit_ascii", &Compliance::seven_bit_ascii},
    {"joliet_long_paths", &Compliance::joliet_long_paths},
    {"joliet_long_names", &Compliance::joliet_long_names},
    {"joliet_utf16", &Compliance::joliet_utf16},
    {"always_gmt", &Compliance::always_gmt},
    {"rec_mtime", &Compliance::rec_mtime},
};
constexpr Rule kLateRules[] = {
    {"iso_9660_1999", &Compliance::iso_9660_1999},
    {"old_empty", &Compliance::old_empty},
};

/// The strictest set of rules.
Compliance strict_rules(const Compliance& before) {
  Compliance rules = before;
  for (const auto& rule : kRules) rules.*rule.member = false;
  for (const auto& rule : kLateRules) rules.*rule.member = false;
  rules.new_rr = true;
  rules.aaip_susp_1_10 = false;
  return rules;
}

bool is_strict(const Compliance& rules) {
  for (const auto& rule : kRules)
    if (rules.*rule.member) return false;
  for (const auto& rule : kLateRules)
    if (rules.*rule.member) return false;
  return rules.new_rr && !rules.aaip_susp_1_10;
}

/// If `word` is `name`, `name`_on or `name`_off: whether it switches on.
std::optional<bool> switch_of(std::string_view word, std::string_view name) {
  if (!word.starts_with(name)) return std::nullopt;
  word.remove_prefix(name.size());
  if (word.empty() || word == "_on") return true;
  if (word == "_off") return false;
  return std::nullopt;
}

/// Rules that are stored in another way than by their own name. False: not one of those.
bool apply_special(Compliance& rules, std::string_view word) {
  if (word == "strict" || word == "clear") rules = strict_rules(rules);
  else if (word == "default") rules = Compliance();
  else if (const auto on = switch_of(word, "old_rr")) rules.new_rr = !*on, rules.aaip_susp_1_10 = *on;
  else if (const auto new_on = switch_of(word, "new_rr")) rules.new_rr = *new_on, rules.aaip_susp_1_10 = !*new_on;
  else if (const auto susp10 = switch_of(word, "aaip_susp_1_10")) rules.aaip_susp_1_10 = *susp10;
  else if (const auto susp12 = switch_of(word, "aaip_susp_1_12")) rules.aaip_susp_1_10 = !*susp12;
  else if (const auto no_toc = switch_of(word, "no_emul_toc")) rules.emul_toc = !*no_toc;
  else if (word == "emul_toc") rules.emul_toc = true;
  else if (const auto plain = switch_of(word, "untranslated_names")) rules.untranslated_name_len = *plain ? -1 : 0;
  else return word.empty() || word == "iso_9660";
  return true;
}

bool apply_rule(Program& program, Compliance& rules, const ListPart& part) {
  if (const auto level = value_of(part.word, "iso_9660_level")) {
    const auto number = parse_integer(*level).value_or(0);
    if (number < 1 || number > 3)
      return program.fail(Severity::failure, core::strprintf("-compliance iso_9660_level=%lld : Only 1, 2, or 3 are permissible",
                                                             static_cast<long long>(number)));
    rules.iso_level = static_cast<int>(number);
    return true;
  }
  if (const auto length = value_of(part.word, "untranslated_name_len")) {
    const auto number = parse_integer(*length).value_or(0);
    if (number < -1 || number > 96) {
      program.report({Severity::failure, core::strprintf("Improper value for maximum length of untranslated names (%lld <-> -1 ... 96)",
                                                         static_cast<long long>(number)), 0, core::Origin::libisoburn});
      return false;
    }
    rules.untranslated_name_len = static_cast<int>(number);
    return true;
  }
  if (apply_special(rules, part.word)) return true;
  for (const auto& list : {std::span<const Rule>(kRules), std::span<const Rule>(kLateRules)})
    for (const auto& rule : list)
      if (const auto on = switch_of(part.word, rule.word)) {
        rules.*rule.member = *on;
        return true;
      }
  return program.fail(Severity::failure, "-compliance: unknown rule " + core::shell_quote(part.rest));
}

/// Below level 3 a file has one extent, ECMA-119 10.1. Level 3 takes back that limit.
void adjust_file_size_limit(Settings& settings) {
  constexpr std::int64_t kOneExtent = 4294967295;
  const std::int64_t usual = InsertSettings().file_size_limit;
  auto& limit = settings.insert.file_size_limit;
  if (settings.image.compliance.iso_level < 3) limit = limit == 0 ? kOneExtent : std::min(limit, kOneExtent);
  else limit = std::max(limit, usual);
}

bool cmd_compliance(Program& program, Words words) {
  for (const auto& part : split_colons(words[0])) {
    if (!apply_rule(program, program.settings.image.compliance, part)) return false;
    if (!value_of(part.word, "iso_9660_level")) continue;
    program.settings.image.iso_level_given = true;
    adjust_file_size_limit(program.settings);
  }
  return true;
}

void status_compliance(const Program& program, StatusLines& lines) {
  const auto& rules = program.settings.image.compliance;
  std::string text = "-compliance clear:iso_9660_level=" + std::to_string(rules.iso_level);
  for (const auto& rule : kRules)
    if (rules.*rule.member) text.append(":").append(rule.word);
  text += rules.new_rr ? ":new_rr" : ":old_rr";
  if (rules.new_rr && rules.aaip_susp_1_10) text += ":aaip_susp_1_10";
  if (!rules.new_rr && !rules.aaip_susp_1_10) text += ":aaip_susp_1_10_off";
  if (!rules.emul_toc) text += ":no_emul_toc";
  if (rules.untranslated_name_len != 0) text += ":untranslated_name_len=" + std::to_string(rules.untranslated_name_len);
  for (const auto& rule : kLateRules)
    if (rules.*rule.member) text.append(":").append(rule.word);
  if (is_strict(rules)) text = "-compliance strict";
  lines.push_back({text, rules == Compliance()});
}

constexpr CommandRow kRows[] = {
    {.name = "compliance", .shape = fixed(1), .rank = 169, .arguments = "rule[:rule...]",
     .help = "Relax or tighten ISO 9660 rules", .handler = cmd_compliance, .status = status_compliance},
};

}  // namespace

std::span<const CommandRow> compliance_rows() { return kRows; }

}  // namespace xorriso

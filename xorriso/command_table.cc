// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/command_table.h"

#include <algorithm>
#include <cassert>

#include "xorriso/commands/groups.h"

namespace xorriso {
namespace {

std::vector<const CommandRow*> collect() {
  std::vector<const CommandRow*> rows;
  for (const auto group : {
           boot_rows(),
           charset_rows(),
           compare_rows(),
           compliance_rows(),
           dialog_rows(),
           drive_settings_rows(),
           drives_rows(),
           emulation_rows(),
           exceptions_rows(),
           extract_rows(),
           extract_settings_rows(),
           filters_rows(),
           find_rows(),
           frontend_rows(),
           image_settings_rows(),
           import_settings_rows(),
           insert_rows(),
           insert_settings_rows(),
           inspect_rows(),
           jigdo_rows(),
           manipulate_rows(),
           navigation_rows(),
           scripting_rows(),
           verify_rows(),
           write_settings_rows(),
           writing_rows(),
       })
    for (const CommandRow& row : group) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return rows;
}

const CommandRow* find_name(std::string_view name) {
  const auto& rows = all_commands();
  const auto it =
      std::lower_bound(rows.begin(), rows.end(), name, [](const auto* row, std::string_view n) { return row->name < n; });
  return it != rows.end() && (*it)->name == name ? *it : nullptr;
}

}  // namespace

const std::vector<const CommandRow*>& all_commands() {
  static const std::vector<const CommandRow*> rows = collect();
  return rows;
}

std::string canonical_command(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  std::string name(word);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

const CommandRow* find_command(std::string_view word) { return find_name(canonical_command(word)); }

const CommandRow& resolve_alias(const CommandRow& row) {
  if (row.alias_of.empty()) return row;
  const CommandRow* target = find_name(row.alias_of);
  assert(target != nullptr);
  return *target;
}

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Partitions behind the file system, filled from disk files.
#include "xorriso/commands/boot_partitions.h"

#include <algorithm>
#include <cstdio>

#include "libcore/base/text.h"
#include "xorriso/boot_equipment.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::session::AppendedPartition;

constexpr std::string_view kEfiSystemGuid = "28732ac11ff8d211ba4b00a0c93ec93b";
constexpr std::uint8_t kEfiType = 0xef, kLinuxType = 0x83;
constexpr Choice<std::uint8_t> kTypeNames[] = {{"FAT12", 0x01}, {"FAT16", 0x06}, {"Linux", kLinuxType}};

bool parse_type(const std::string& word, AppendedPartition& partition) {
  if (const auto* choice = find_choice(kTypeNames, word)) {
    partition.mbr_type = choice->value;
    return true;
  }
  if (word.starts_with("0x")) {
    unsigned number = 256;
    if (std::sscanf(word.c_str() + 2, "%x", &number) != 1 || number > 255) return false;
    partition.mbr_type = static_cast<std::uint8_t>(number);
    return true;
  }
  partition.type_guid = parse_guid(word);
  if (!partition.type_guid) return false;
  partition.mbr_type = guid_hex(*partition.type_guid) == kEfiSystemGuid ? kEfiType : kLinuxType;
  return true;
}

}  // namespace

bool cmd_append_partition(Program& program, Words words) {
  AppendedPartition partition;
  const auto number = parse_integer(words[0]).value_or(0);
  if (number < 1 || number > 8)
    return program.fail(Severity::failure, "-append_partition:  Partition number " + core::shell_quote(words[0]) + " is out of range (1...8)");
  if (!parse_type(words[1], partition))
    return program.fail(Severity::failure, "-append_partition: Partition type " + core::shell_quote(words[1]) + " is out of range (0x00...0xff or GUID)");
  partition.number = static_cast<int>(number);
  partition.path = words[2];
  auto& all = program.settings.boot.layout.partitions;
  std::erase_if(all, [&](const AppendedPartition& p) { return p.number == partition.number; });
  if (partition.path.empty()) return true;
  const auto behind = std::find_if(all.begin(), all.end(), [&](const AppendedPartition& p) { return p.number > partition.number; });
  all.insert(behind, std::move(partition));
  return true;
}

void status_append_partition(const Program& program, std::vector<StatusLine>& lines) {
  for (const auto& p : program.settings.boot.layout.partitions) {
    const std::string type = p.type_guid ? guid_hex(*p.type_guid) : core::strprintf("0x%2.2x", p.mbr_type);
    lines.push_back({core::strprintf("-append_partition %d %s %s", p.number, type.c_str(), core::shell_quote(p.path).c_str()), false});
  }
}

}  // namespace xorriso

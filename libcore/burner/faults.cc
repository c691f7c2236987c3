// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading fault plans as people write them, and finding out whether a fault strikes.
#include "libcore/burner/faults.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "libcore/base/text.h"

namespace core::burner {
namespace {

struct KindRow {
  FaultKind kind;
  std::string_view name;
};

constexpr KindRow kKinds[] = {
    {FaultKind::write_error, "write-error"},
    {FaultKind::read_error, "read-error"},
    {FaultKind::recovered_error, "recovered-error"},
    {FaultKind::unit_attention, "unit-attention"},
    {FaultKind::long_busy, "long-busy"},
    {FaultKind::power_loss, "power-loss"},
    {FaultKind::worn_out, "worn-out"},
    {FaultKind::bad_block, "bad-block"},
    {FaultKind::silent_loss, "silent-loss"},
    {FaultKind::sync_error, "sync-error"},
    {FaultKind::close_error, "close-error"},
    {FaultKind::opc_error, "opc-error"},
    {FaultKind::cue_error, "cue-error"},
    {FaultKind::format_error, "format-error"},
    {FaultKind::blank_error, "blank-error"},
    {FaultKind::slow, "slow"},
};

Problem bad_word(std::string_view word, const std::string& allowed) {
  return Problem{.severity = Severity::failure,
                 .text = "Fault plan: cannot use " + shell_quote(word) + " , allowed are: " + allowed};
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || value < 0) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_delay_us(std::string_view text) {
  std::int64_t unit = 1000;  // milliseconds
  if (text.ends_with("us")) {
    unit = 1;
    text.remove_suffix(2);
  } else if (text.ends_with("ms")) {
    text.remove_suffix(2);
  } else if (text.ends_with("s")) {
    unit = 1000000;
    text.remove_suffix(1);
  }
  const auto number = parse_number(text);
  if (!number || *number > 3600LL * 1000000 / unit) return std::nullopt;
  return *number * unit;
}

bool parse_range(std::string_view text, Fault& fault) {
  const auto dash = text.find('-');
  const auto first = parse_number(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return false;
  fault.first = Lba{*first};
  fault.last = Lba{*last};
  return true;
}

/// One `name=value` word. False: not understood.
bool parse_option(std::string_view word, Fault& fault) {
  if (word == "any") return true;
  const auto equal = word.find('=');
  if (equal == std::string_view::npos) return false;
  const std::string_view name = word.substr(0, equal);
  const std::string_view value = word.substr(equal + 1);
  if (name == "lba") return parse_range(value, fault);
  if (name == "delay") {
    const auto delay = parse_delay_us(value);
    if (delay) fault.delay_us = *delay;
    return delay.has_value();
  }
  const auto number = parse_number(value);
  if (!number || *number > 0x7fffffff) return false;
  if (name == "command" && *number > 0) fault.command = *number;
  else if (name == "opcode" && *number <= 0xff) fault.opcode = static_cast<int>(*number);
  else if (name == "times") fault.times = static_cast<int>(*number);
  else return false;
  return true;
}

}  // namespace

std::string_view fault_name(FaultKind kind) {
  for (const KindRow& row : kKinds)
    if (row.kind == kind) return row.name;
  return "";
}

std::vector<FaultKind> fault_kinds() {
  std::vector<FaultKind> kinds;
  for (const KindRow& row : kKinds) kinds.push_back(row.kind);
  return kinds;
}

Result<Fault> parse_fault(std::string_view text) {
  auto colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto row = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindRow& r) { return r.name == name; });
  if (row == std::end(kKinds)) {
    std::string allowed;
    for (const KindRow& r : kKinds) allowed += (allowed.empty() ? "" : " ") + std::string(r.name);
    return bad_word(name, allowed);
  }
  Fault fault;
  fault.kind = row->kind;
  // What happens out of the blue happens once unless told otherwise.
  if (fault.kind == FaultKind::unit_attention || fault.kind == FaultKind::power_loss ||
      fault.kind == FaultKind::long_busy)
    fault.times = 1;
  if (colon == std::string_view::npos)
    return bad_word(text, "KIND:WHERE with WHERE one of any, command=N, lba=N, lba=N-M");
  while (colon != std::string_view::npos) {
    text.remove_prefix(colon + 1);
    colon = text.find(':');
    if (!parse_option(text.substr(0, colon), fault))
      return bad_word(text.substr(0, colon),
                      "any command=N lba=N lba=N-M opcode=0xNN times=N delay=N[us|ms|s]");
  }
  if (fault.kind == FaultKind::slow && fault.delay_us == 0) return bad_word("slow", "slow:any:delay=N[us|ms|s]");
  return fault;
}

std::string to_string(const Fault& fault) {
  std::string text(fault_name(fault.kind));
  if (fault.first.value >= 0)
    text += strprintf(":lba=%lld-%lld", static_cast<long long>(fault.first.value),
                      static_cast<long long>(fault.last.value));
  if (fault.command > 0) text += strprintf(":command=%lld", static_cast<long long>(fault.command));
  if (fault.first.value < 0 && fault.command <= 0) text += ":any";
  if (fault.opcode >= 0) text += strprintf(":opcode=0x%02x", static_cast<unsigned>(fault.opcode));
  if (fault.times > 0) text += strprintf(":times=%d", fault.times);
  if (fault.delay_us > 0) text += strprintf(":delay=%lldus", static_cast<long long>(fault.delay_us));
  return text;
}

namespace {
bool applies(const Fault& f, FaultKind kind, int opcode, std::int64_t command) {
  return f.kind == kind && (f.command < 0 || f.command == command) && (f.opcode < 0 || f.opcode == opcode) &&
         (f.times == 0 || f.struck < f.times);
}
}  // namespace

bool FaultPlan::strikes_command(FaultKind kind, int opcode) {
  for (Fault& f : faults_) {
    if (!applies(f, kind, opcode, commands_) || f.first.value >= 0) continue;
    ++f.struck;
    return true;
  }
  return false;
}

bool FaultPlan::strikes_blocks(FaultKind kind, int opcode, Lba first, Blocks count, Lba* where) {
  for (Fault& f : faults_) {
    if (!applies(f, kind, opcode, commands_)) continue;
    if (f.first.value >= 0 && (f.last < first || f.first >= first + count)) continue;
    ++f.struck;
    if (where) *where = f.first.value >= 0 ? std::max(f.first, first) : first;
    return true;
  }
  return false;
}

std::int64_t FaultPlan::delay_us(int opcode) {
  std::int64_t sum = 0;
  for (Fault& f : faults_)
    if (applies(f, FaultKind::slow, opcode, commands_)) {
      ++f.struck;
      sum += f.delay_us;
    }
  return sum;
}

}  // namespace core::burner

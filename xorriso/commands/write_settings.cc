// SPDX-License-Identifier: GPL-3.0-or-later
//
// How sessions are written.
#include <algorithm>
#include <cctype>
#include <cstring>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Write = WriteCommandSettings;

constexpr Choice<Write::Close> kClose[] = {
    {"off", Write::Close::off}, {"on", Write::Close::on}, {"as_needed", Write::Close::as_needed}};

bool cmd_close(Program& program, Words words) {
  const auto* mode = find_choice(kClose, words[0]);
  program.settings.write.close = mode != nullptr ? mode->value : Write::Close::on;
  return true;
}

void status_close(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.write.close;
  lines.push_back({"-close " + choice_word(kClose, mode), mode == Write::Close::off});
}

bool cmd_dummy(Program& program, Words words) {
  program.settings.write.dummy = words[0] != "off";
  return true;
}

void status_dummy(const Program& program, StatusLines& lines) {
  const bool on = program.settings.write.dummy;
  lines.push_back({std::string("-dummy ") + on_off(on), !on});
}

bool cmd_speed(Program& program, Words words) {
  program.settings.write.speed = parse_speed(words[0]);
  return true;
}

void status_speed(const Program& program, StatusLines& lines) {
  const int speed = program.settings.write.speed;
  lines.push_back({"-speed " + format_speed(speed), speed == kSpeedMax});
}

bool cmd_stream_recording(Program& program, Words words) {
  constexpr std::int64_t kDefaultStart = 32, kLowestStart = 16;
  auto& start = program.settings.write.stream_recording_start;
  auto& shown = program.settings.write.stream_recording;
  const std::string& word = words[0];
  if (word == "on" || word.empty()) start = kDefaultStart;
  else if (word == "full") start = 0;
  else if (word == "data") start = -2;
  else if (std::isdigit(static_cast<unsigned char>(word[0])) && parse_size(word) / 2048 >= kLowestStart) start = parse_size(word) / 2048;
  else start = -1;
  if (start == kDefaultStart) shown = "on";
  else if (start == 0) shown = "full";
  else if (start == -2) shown = "data";
  else shown = start < 0 ? "off" : std::to_string(start) + "s";
  return true;
}

void status_stream_recording(const Program& program, StatusLines& lines) {
  const std::string& mode = program.settings.write.stream_recording;
  lines.push_back({"-stream_recording " + mode, mode == "off"});
}

bool cmd_dvd_obs(Program& program, Words words) {
  const bool is_default = words[0].empty() || !std::strchr("0123456789-+.", words[0][0]);
  const auto size = is_default ? 0 : parse_size(words[0]);
  if (size != 0 && size != 32768 && size != 65536)
    return program.fail(Severity::sorry, "-dvd_obs : Bad size. Acceptable are 0, 32k, 64k");
  program.settings.write.dvd_obs = static_cast<int>(size);
  return true;
}

void status_dvd_obs(const Program& program, StatusLines& lines) {
  const int size = program.settings.write.dvd_obs;
  lines.push_back({std::string("-dvd_obs ") + (size == 0 ? "default" : size == 32768 ? "32k" : "64k"), size == 0});
}

constexpr Choice<Write::UseImmed> kUseImmed[] = {{"default", Write::UseImmed::standard},
                                                 {"on", Write::UseImmed::on},
                                                 {"off", Write::UseImmed::off},
                                                 {"", Write::UseImmed::standard}};

bool cmd_use_immed_bit(Program& program, Words words) {
  return choose(program, "use_immed_bit", words[0], kUseImmed, program.settings.write.use_immed_bit);
}

void status_use_immed_bit(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.write.use_immed_bit;
  lines.push_back({"-use_immed_bit " + choice_word(kUseImmed, mode), mode == Write::UseImmed::standard});
}

bool cmd_stdio_sync(Program& program, Words words) {
  auto& sync = program.settings.write.stdio_sync;
  const std::string& word = words[0];
  program.settings.write.stdio_sync_given = true;
  if (word == "on" || word == "default") return sync = 0, true;
  if (word == "off") return sync = -1, true;
  if (word == "end") return sync = -2, true;
  const double size = parse_size_fraction(word);
  if (size < 64 * 1024 || size > 1024.0 * 1024 * 1024)
    return program.fail(Severity::sorry, "-stdio_sync : Bad size. Use: 64k to 1g, \"on\", \"off\", \"end\"");
  sync = static_cast<std::int64_t>(size / 2048);
  return true;
}

void status_stdio_sync(const Program& program, StatusLines& lines) {
  const auto sync = program.settings.write.stdio_sync;
  lines.push_back({"-stdio_sync " + (sync == 0 ? "on" : sync == -1 ? "off" : sync == -2 ? "end" : format_size(sync * 2048)),
                   sync == 0});
}

bool cmd_fs(Program& program, Words words) {
  const double size = parse_size_fraction(words[0]);
  if (size < 64 * 1024 || size > 1024.0 * 1024 * 1024)
    return program.fail(Severity::sorry, core::strprintf("-fs: wrong size %.f (allowed: 65536 - 1073741824)", size));
  program.settings.write.fifo_bytes = (static_cast<std::int64_t>(size) + 2047) / 2048 * 2048;
  return true;
}

void status_fs(const Program& program, StatusLines& lines) {
  const auto size = program.settings.write.fifo_bytes;
  lines.push_back({"-fs " + format_kilo_or_mega(size), size == Write().fifo_bytes});
}

bool cmd_padding(Program& program, Words words) {
  auto& write = program.settings.write;
  const std::string& word = words[0];
  if (word == "included") return write.padding_mode = Write::PadMode::included, true;
  if (word == "appended" || word == "excluded") return write.padding_mode = Write::PadMode::appended, true;
  if (word.empty() || !std::isdigit(static_cast<unsigned char>(word[0])))
    return program.fail(Severity::sorry, "-padding: unrecognized non-numerical mode " + shell_quote(word));
  const double size = parse_size_fraction(word);
  if (size > 1024.0 * 1024 * 1024)
    return program.fail(Severity::sorry, core::strprintf("-padding: wrong size %.f (allowed: 0 - 1073741824)", size));
  write.padding_bytes = static_cast<std::int64_t>(size);
  return true;
}

void status_padding(const Program& program, StatusLines& lines) {
  const auto& write = program.settings.write;
  const bool included = write.padding_mode == Write::PadMode::included;
  lines.push_back({core::strprintf("-padding %lldk", static_cast<long long>(write.padding_bytes / 1024)),
                   write.padding_bytes == Write().padding_bytes});
  lines.push_back({std::string("-padding ") + (included ? "included" : "appended"), !included});
}

constexpr Choice<Write::Type> kWriteType[] = {
    {"auto", Write::Type::automatic}, {"tao", Write::Type::tao}, {"TAO", Write::Type::tao},
    {"sao/dao", Write::Type::sao},    {"sao", Write::Type::sao}, {"dao", Write::Type::sao},
    {"SAO", Write::Type::sao},        {"DAO", Write::Type::sao}, {"SAO/DAO", Write::Type::sao}};

bool cmd_write_type(Program& program, Words words) {
  return choose(program, "write_type", words[0], kWriteType, program.settings.write.write_type);
}

void status_write_type(const Program& program, StatusLines& lines) {
  const auto type = program.settings.write.write_type;
  lines.push_back({"-write_type " + choice_word(kWriteType, type), type == Write::Type::automatic});
}

bool cmd_grow_blindly(Program& program, Words words) {
  const std::string& word = words[0];
  const bool off = word.empty() || word == "off" || word == "-";
  program.settings.write.grow_blindly = off ? -1 : std::max<std::int64_t>(parse_blocks(word), -1);
  return true;
}

void status_grow_blindly(const Program& program, StatusLines& lines) {
  const auto start = program.settings.write.grow_blindly;
  lines.push_back({"-grow_blindly " + (start < 0 ? "off" : std::to_string(start)), start < 0});
}

bool cmd_scdbackup_tag(Program& program, Words words) {
  if (words[1].size() > 80) return program.fail(Severity::failure, "Unsuitable record name given with -scdbackup_tag");
  program.settings.write.scdbackup_list = words[0];
  program.settings.write.scdbackup_record = words[1];
  return true;
}

void status_scdbackup_tag(const Program& program, StatusLines& lines) {
  const auto& write = program.settings.write;
  lines.push_back({"-scdbackup_tag " + shell_quote(write.scdbackup_list) + " " + shell_quote(write.scdbackup_record),
                   write.scdbackup_list.empty() && write.scdbackup_record.empty()});
}

bool set_modesty_percent(Program& program, const std::string& number, const std::string& rest, int& target) {
  const auto percent = parse_integer(number).value_or(0);
  if (percent < 25 || percent > 100)
    return program.fail(Severity::failure, "-modesty_on_drive: percentage out of range [25 to 100]" + shell_quote(rest));
  target = static_cast<int>(percent);
  return true;
}

bool set_modesty(Program& program, const ListPart& part) {
  static constexpr std::int64_t kIntMax = 2147483647;
  auto& write = program.settings.write;
  const std::string& word = part.word;
  const auto number = [](const std::string& text) {
    return static_cast<int>(std::clamp<std::int64_t>(parse_integer(text).value_or(0), 0, kIntMax));
  };
  if (word.empty()) return true;
  if (word == "on" || word == "off") return write.modest = word == "on", true;
  if (std::isdigit(static_cast<unsigned char>(word[0]))) {
    write.modest = true;
    return set_modesty_percent(program, word, part.rest, write.modest_min_percent);
  }
  if (const auto min = value_of(word, "min_percent")) return set_modesty_percent(program, *min, part.rest, write.modest_min_percent);
  if (const auto max = value_of(word, "max_percent")) return set_modesty_percent(program, *max, part.rest, write.modest_max_percent);
  if (const auto value = value_of(word, "min_usec")) return write.modest_min_usec = number(*value), true;
  if (const auto value = value_of(word, "max_usec")) return write.modest_max_usec = number(*value), true;
  if (const auto value = value_of(word, "timeout_sec")) return write.modest_timeout_sec = number(*value), true;
  return program.fail(Severity::failure, "-modesty_on_drive: unknown mode " + shell_quote(part.rest));
}

bool cmd_modesty_on_drive(Program& program, Words words) {
  for (const auto& part : split_colons(words[0]))
    if (!set_modesty(program, part)) return false;
  return true;
}

void status_modesty_on_drive(const Program& program, StatusLines& lines) {
  const auto& write = program.settings.write;
  const std::string text = core::strprintf("%s:min_percent=%d:max_percent=%d:timeout_sec=%d:min_usec=%d:max_usec=%d",
                                           on_off(write.modest), write.modest_min_percent, write.modest_max_percent,
                                           write.modest_timeout_sec, write.modest_min_usec, write.modest_max_usec);
  lines.push_back({"-modesty_on_drive " + text,
                   text == "off:min_percent=90:max_percent=95:timeout_sec=120:min_usec=5000:max_usec=25000"});
}

bool cmd_changes_pending(Program& program, Words words) {
  auto& pending = program.settings.pending;
  const std::string& word = words[0];
  if (word == "no") {
    pending = Settings::Pending::as_is;
    if (program.image != nullptr) program.image->set_changed(false);
  } else if (word == "yes") {
    pending = Settings::Pending::forced_yes;
  } else if (word == "mkisofs_printed") {
    pending = Settings::Pending::mkisofs_printed;
  } else if (word == "show_status") {
    const bool printed = pending == Settings::Pending::mkisofs_printed;
    program.result(std::string("-changes_pending ") + (printed ? "mkisofs_printed" : program.has_pending_changes() ? "yes" : "no") + "\n");
  } else {
    return program.fail(Severity::failure, "-changes_pending: unknown state code " + shell_quote(word));
  }
  return true;
}

constexpr CommandRow kRows[] = {
    {.name = "changes_pending", .shape = fixed(1), .rank = 215, .arguments = "no|yes|mkisofs_printed|show_status",
     .help = "Override or show pending state", .handler = cmd_changes_pending},
    {.name = "close", .shape = fixed(1), .rank = 195, .arguments = "on|off|as_needed",
     .help = "Close medium after session", .handler = cmd_close, .status = status_close},
    {.name = "dummy", .shape = fixed(1), .rank = 193, .arguments = "on|off", .help = "Simulate writing",
     .handler = cmd_dummy, .status = status_dummy},
    {.name = "dvd_obs", .shape = fixed(1), .rank = 189, .arguments = "default|32k|64k",
     .help = "Bytes per write transaction", .handler = cmd_dvd_obs, .status = status_dvd_obs},
    {.name = "fs", .shape = fixed(1), .rank = 194, .arguments = "size", .help = "Fifo size", .handler = cmd_fs,
     .status = status_fs},
    {.name = "grow_blindly", .shape = fixed(1), .rank = 198, .arguments = "off|predicted_nwa",
     .help = "Predicted next writable address for blind growing", .handler = cmd_grow_blindly,
     .status = status_grow_blindly},
    {.name = "modesty_on_drive", .shape = fixed(1), .rank = 190, .arguments = "parameter[:parameter...]",
     .help = "Keep drive buffer from filling", .handler = cmd_modesty_on_drive, .status = status_modesty_on_drive},
    {.name = "padding", .shape = fixed(1), .rank = 196, .arguments = "number[k|m]|included|appended",
     .help = "Zero bytes after image", .handler = cmd_padding, .status = status_padding},
    {.name = "scdbackup_tag", .shape = fixed(2), .rank = 200, .arguments = "list_path record_name",
     .help = "Write checksum tag", .handler = cmd_scdbackup_tag, .status = status_scdbackup_tag},
    {.name = "speed", .shape = fixed(1), .rank = 187, .arguments = "code|number[k|m|c|d|b]", .help = "Write speed",
     .handler = cmd_speed, .status = status_speed},
    {.name = "stdio_sync", .shape = fixed(1), .rank = 192, .arguments = "on|off|end|size",
     .help = "Fsync rhythm on stdio targets", .handler = cmd_stdio_sync, .status = status_stdio_sync},
    {.name = "stream_recording", .shape = fixed(1), .rank = 188, .arguments = "on|off|full|data|number",
     .help = "Avoid checkread on DVD-RAM/BD", .handler = cmd_stream_recording, .status = status_stream_recording},
    {.name = "use_immed_bit", .shape = fixed(1), .rank = 191, .arguments = "on|off|default",
     .help = "SCSI Immed bit use", .handler = cmd_use_immed_bit, .status = status_use_immed_bit},
    {.name = "write_type", .shape = fixed(1), .rank = 197, .arguments = "auto|tao|sao/dao", .help = "Burn mode",
     .handler = cmd_write_type, .status = status_write_type},
};

}  // namespace

std::span<const CommandRow> write_settings_rows() { return kRows; }

}  // namespace xorriso

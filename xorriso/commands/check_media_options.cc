// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/check_media_options.h"

#include <algorithm>
#include <array>

#include "libcore/base/text.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

/// Options which take one of a few words.
struct WordOption { std::string_view name; std::string CheckMediaSettings::*member; std::span<const std::string_view> words; };
constexpr std::string_view kUse[] = {"indev", "outdev", "sector_map"};
constexpr std::string_view kWhat[] = {"tracks", "image", "disc"};
constexpr std::string_view kRetry[] = {"default", "on", "off"};
constexpr std::string_view kReport[] = {"blocks", "files", "blocks_files"};
constexpr std::string_view kQuality[] = {"good", "md5_match", "slow", "partial", "valid", "untested",
                                         "md5_mismatch", "invalid", "tao_end", "off_track", "unreadable"};
const WordOption kWordOptions[] = {{"use", &CheckMediaSettings::use, kUse},
                                   {"what", &CheckMediaSettings::what, kWhat},
                                   {"retry", &CheckMediaSettings::retry, kRetry},
                                   {"report", &CheckMediaSettings::report, kReport},
                                   {"bad_limit", &CheckMediaSettings::bad_limit, kQuality}};

struct PathOption { std::string_view name; std::string CheckMediaSettings::*member; };
constexpr PathOption kPathOptions[] = {{"abort_file", &CheckMediaSettings::abort_file},
                                       {"data_to", &CheckMediaSettings::data_to},
                                       {"sector_map", &CheckMediaSettings::sector_map}};

bool refuse(Program& program, const char* what, const std::string& word) {
  return program.fail(Severity::failure, std::string("-check_media: ") + what + " with option " + word);
}

int number_of(const std::string& text) {
  return static_cast<int>(std::clamp<std::int64_t>(parse_integer(text).value_or(-1), -1, 2147483647));
}

bool set_patch(Program& program, CheckMediaSettings& options, const std::string& value, const std::string& word) {
  const std::string text = split_colons(value).front().word;
  const bool is_number = !text.empty() && text[0] >= '0' && text[0] <= '9';
  if (!is_number && text != "on" && text != "off" && text != "force") return refuse(program, "Unknown value", word);
  options.patch_lba0 = text != "off";
  options.patch_lba0_force = text == "force" || value.ends_with(":force");
  options.patch_lba0_msc1 = is_number ? parse_blocks(text) : -1;
  return true;
}

/// Options with numbers and the few others. Empty optional: not one of those.
std::optional<bool> set_other(Program& program, CheckMediaSettings& options, const std::string& word) {
  if (word == "reset=now") return options = CheckMediaSettings(), true;
  if (const auto v = value_of(word, "min_lba")) return options.min_lba = number_of(*v), true;
  if (const auto v = value_of(word, "max_lba")) return options.max_lba = number_of(*v), true;
  if (const auto v = value_of(word, "time_limit")) return options.time_limit = number_of(*v), true;
  if (const auto v = value_of(word, "item_limit")) return options.item_limit = number_of(*v), true;
  if (const auto v = value_of(word, "async_chunks")) return options.async_chunks = std::max(number_of(*v), 0), true;
  if (const auto v = value_of(word, "slow_limit")) {
    if (parse_size_fraction(*v) > 0) options.slow_limit = parse_size_fraction(*v);
    return true;
  }
  if (const auto v = value_of(word, "chunk_size")) {
    if (v->empty() || (*v)[0] < '0' || (*v)[0] > '9') return refuse(program, "Unsuitable value", word);
    return options.chunk_size = parse_size(*v) / 2048 * 2048, true;
  }
  if (const auto v = value_of(word, "map_with_volid")) {
    if (*v != "on" && *v != "off") return refuse(program, "Unknown value", word);
    return options.map_with_volid = *v == "on", true;
  }
  if (const auto v = value_of(word, "patch_lba0")) return set_patch(program, options, *v, word);
  if (const auto v = value_of(word, "event")) {
    const auto severity = core::parse_severity(*v);
    if (!severity) return program.fail(Severity::failure, "-check_media event=" + shell_quote(*v) + " : Not a known severity name");
    return options.event = core::severity_name(*severity), true;
  }
  return std::nullopt;
}

bool set_option(Program& program, CheckMediaSettings& options, const std::string& word) {
  for (const auto& option : kWordOptions)
    if (const auto value = value_of(word, option.name)) {
      if (std::find(option.words.begin(), option.words.end(), *value) == option.words.end())
        return refuse(program, "Unknown value", word);
      options.*option.member = *value;
      return true;
    }
  for (const auto& option : kPathOptions)
    if (const auto value = value_of(word, option.name)) return options.*option.member = *value, true;
  if (const auto done = set_other(program, options, word)) return *done;
  return program.fail(Severity::failure, "-check_media: Unknown option " + shell_quote(word));
}

std::string patch_text(const CheckMediaSettings& options) {
  if (!options.patch_lba0) return "off";
  if (options.patch_lba0_msc1 < 0) return options.patch_lba0_force ? "force" : "on";
  return std::to_string(options.patch_lba0_msc1) + (options.patch_lba0_force ? ":force" : "");
}

/// The words that would recreate the options, in the order of -status.
std::vector<std::string> option_words(const CheckMediaSettings& o) {
  return {"use=" + o.use,
          "what=" + o.what,
          "min_lba=" + std::to_string(o.min_lba),
          "max_lba=" + std::to_string(o.max_lba),
          "retry=" + o.retry,
          "time_limit=" + std::to_string(o.time_limit),
          "item_limit=" + std::to_string(o.item_limit),
          "abort_file=" + shell_quote(o.abort_file),
          "data_to=" + shell_quote(o.data_to),
          "sector_map=" + shell_quote(o.sector_map),
          std::string("map_with_volid=") + on_off(o.map_with_volid),
          "patch_lba0=" + patch_text(o),
          "report=" + o.report,
          core::strprintf("slow_limit=%f", o.slow_limit),
          "bad_limit=" + o.bad_limit,
          core::strprintf("chunk_size=%llds", static_cast<long long>(o.chunk_size / 2048)),
          "event=" + o.event};
}

}  // namespace

bool parse_check_media_options(Program& program, Words words, CheckMediaSettings& options) {
  for (const auto& word : words)
    if (!set_option(program, options, word)) return false;
  return true;
}

bool cmd_check_media_defaults(Program& program, Words words) {
  CheckMediaSettings options = program.settings.check_media;
  if (!parse_check_media_options(program, words, options)) return false;
  program.settings.check_media = options;
  program.settings.check_media_given = true;
  return true;
}

void status_check_media_defaults(const Program& program, StatusLines& lines) {
  const auto words = option_words(program.settings.check_media), defaults = option_words({});
  std::string all, changed;
  for (std::size_t i = 0; i < words.size(); i++) {
    all += " " + words[i];
    if (words[i] != defaults[i]) changed += " " + words[i];
  }
  if (!program.settings.check_media_given) {
    lines.push_back({"-check_media_defaults reset=now --", true});
    return;
  }
  lines.push_back({"-check_media_defaults" + all + " --", false, StatusLine::Form::only_long});
  lines.push_back({"-check_media_defaults reset=now" + changed + " --", false, StatusLine::Form::only_short});
}

}  // namespace xorriso

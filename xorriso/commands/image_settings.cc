// SPDX-License-Identifier: GPL-3.0-or-later
//
// Properties of the image to be produced: identifiers, dates, extra trees, ownership.
#include <algorithm>
#include <cctype>
#include <ctime>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"
#include "xorriso/version.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::image::VolumeTexts;

void mark_changed(Program& program) {
  if (program.image != nullptr) program.image->set_changed(true);
}

bool set_text(Program& program, const char* command, std::string VolumeTexts::*member, const std::string& text, std::size_t limit) {
  if (text.size() > limit)
    return program.fail(Severity::sorry, core::strprintf("Name too long with option -%s (%zu > %zu)", command, text.size(), limit));
  program.settings.image.texts.*member = text;
  mark_changed(program);
  return true;
}

void show_text(const Program& program, const char* command, std::string VolumeTexts::*member, StatusLines& lines) {
  const std::string& text = program.settings.image.texts.*member;
  lines.push_back({"-" + std::string(command) + " " + shell_quote(text), text.empty()});
}

bool cmd_volid(Program& program, Words words) {
  const std::string& text = words[0];
  if (text.size() > 32)
    return program.fail(Severity::failure, core::strprintf("-volid: Text too long (%zu > 32)", text.size()));
  const auto all = [&](auto good) { return std::all_of(text.begin(), text.end(), good); };
  const auto is_name = [](unsigned char c) { return std::isalnum(c) || std::string_view("_-+.@,=~:").find(static_cast<char>(c)) != std::string_view::npos; };
  const auto is_d_character = [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '_'; };
  if (!all(is_name)) program.report(Severity::warning, "-volid text problematic as automatic mount point name");
  if (!all(is_d_character)) program.report(Severity::warning, "-volid text does not comply to ISO 9660 / ECMA 119 rules");
  program.settings.image.texts.volume_id = text;
  program.settings.image.volume_id_given = true;
  mark_changed(program);
  return true;
}

void status_volid(const Program& program, StatusLines& lines) {
  const std::string& text = program.settings.image.texts.volume_id;
  lines.push_back({"-volid " + shell_quote(text), text == "ISOIMAGE"});
}

bool cmd_volset_id(Program& program, Words words) { return set_text(program, "volset_id", &VolumeTexts::volume_set_id, words[0], 128); }
bool cmd_publisher(Program& program, Words words) { return set_text(program, "publisher", &VolumeTexts::publisher_id, words[0], 128); }
bool cmd_system_id(Program& program, Words words) { return set_text(program, "system_id", &VolumeTexts::system_id, words[0], 32); }
bool cmd_copyright_file(Program& program, Words words) { return set_text(program, "copyright_file", &VolumeTexts::copyright_file, words[0], 37); }
bool cmd_abstract_file(Program& program, Words words) { return set_text(program, "abstract_file", &VolumeTexts::abstract_file, words[0], 37); }
bool cmd_biblio_file(Program& program, Words words) { return set_text(program, "biblio_file", &VolumeTexts::biblio_file, words[0], 37); }

bool cmd_application_id(Program& program, Words words) {
  const std::string text = words[0] == "@xorriso@" ? program_id() : words[0];
  return set_text(program, "application_id", &VolumeTexts::application_id, text, 128);
}

bool cmd_preparer_id(Program& program, Words words) {
  const std::string text = words[0] == "@xorriso@" ? program_id() : words[0];
  return set_text(program, "preparer_id", &VolumeTexts::preparer_id, text, 128);
}

void status_volset_id(const Program& program, StatusLines& lines) { show_text(program, "volset_id", &VolumeTexts::volume_set_id, lines); }
void status_publisher(const Program& program, StatusLines& lines) { show_text(program, "publisher", &VolumeTexts::publisher_id, lines); }
void status_application_id(const Program& program, StatusLines& lines) { show_text(program, "application_id", &VolumeTexts::application_id, lines); }
void status_system_id(const Program& program, StatusLines& lines) { show_text(program, "system_id", &VolumeTexts::system_id, lines); }
void status_copyright_file(const Program& program, StatusLines& lines) { show_text(program, "copyright_file", &VolumeTexts::copyright_file, lines); }
void status_abstract_file(const Program& program, StatusLines& lines) { show_text(program, "abstract_file", &VolumeTexts::abstract_file, lines); }
void status_biblio_file(const Program& program, StatusLines& lines) { show_text(program, "biblio_file", &VolumeTexts::biblio_file, lines); }

void status_preparer_id(const Program& program, StatusLines& lines) {
  const std::string& text = program.settings.image.texts.preparer_id;
  lines.push_back({"-preparer_id " + shell_quote(text), text == program_id()});
}

VolumeDate* find_date(ImageSettings& image, const std::string& type) {
  if (type == "c") return &image.created;
  if (type == "m") return &image.modified;
  if (type == "x") return &image.expires;
  if (type == "f") return &image.effective;
  return nullptr;
}

bool set_uuid(Program& program, const std::string& word) {
  auto& image = program.settings.image;
  image.uuid.clear();
  if (word.empty() || word == "default" || word == "overridden") return true;
  const auto time = parse_time(word, std::time(nullptr));
  const bool digits = word.size() == 16 && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); });
  if (!digits || !time)
    return program.fail(Severity::failure,
                        "-volume_date uuid : Not an ECMA-119 time string. (16 decimal digits, range 1970... to 2999...)");
  image.uuid = word;
  return true;
}

bool cmd_volume_date(Program& program, Words words) {
  auto& image = program.settings.image;
  const std::string& type = words[0];
  const std::string& word = words[1];
  if (type == "uuid") return set_uuid(program, word);
  const bool reset = word.empty() || word == "default" || word == "overridden";
  if (type == "all_file_dates" && word == "set_to_mtime") {
    image.all_file_dates_text = word;
    image.all_file_dates_set_to_mtime = true;
    image.all_file_dates.reset();
    return true;
  }
  std::optional<ParsedTime> time;
  if (!reset) {
    time = parse_time(word, std::time(nullptr));
    if (!time) return program.fail(Severity::sorry, "-volume_date: Cannot decode timestring " + shell_quote(word));
  }
  if (type == "all_file_dates") {
    image.all_file_dates_text = reset ? "" : word;
    image.all_file_dates_set_to_mtime = false;
    image.all_file_dates.reset();
    if (time) image.all_file_dates = time->time;
    return true;
  }
  VolumeDate* date = find_date(image, type);
  if (date == nullptr) return false;  // the reference program says nothing either
  *date = {};
  if (time) *date = {word, time->time, false};
  return true;
}

std::string date_text(const VolumeDate& date) {
  if (!date.time) return "default";
  std::tm tm{};
  ::localtime_r(&*date.time, &tm);
  char text[80];
  return std::string(text, std::strftime(text, sizeof text, "%Y.%m.%d.%H%M%S", &tm));
}

void status_volume_date(const Program& program, StatusLines& lines) {
  const auto& image = program.settings.image;
  const auto add = [&](const char* type, const std::string& text) {
    lines.push_back({std::string("-volume_date ") + type + " " + text, text == "default" || text == "''"});
  };
  add("c", date_text(image.created));
  if (image.uuid.empty()) add("m", date_text(image.modified));
  else lines.push_back({"-volume_date m overridden", true});
  add("x", date_text(image.expires));
  add("f", date_text(image.effective));
  add("uuid", shell_quote(image.uuid));
  add("all_file_dates", shell_quote(image.all_file_dates_text));
}

bool cmd_application_use(Program& program, Words words) {
  program.settings.image.application_use = words[0];
  return true;
}

void status_application_use(const Program& program, StatusLines& lines) {
  const std::string& text = program.settings.image.application_use;
  lines.push_back({"-application_use " + shell_quote(text), text == " "});
}

bool cmd_rockridge(Program& program, Words words) { return choose(program, "rockridge", words[0], kOnOff, program.settings.image.rockridge); }
bool cmd_joliet(Program& program, Words words) { return choose(program, "joliet", words[0], kOnOff, program.settings.image.joliet); }
bool cmd_hfsplus(Program& program, Words words) { return choose(program, "hfsplus", words[0], kOnOff, program.settings.image.hfsplus); }

void status_rockridge(const Program& program, StatusLines& lines) {
  const bool on = program.settings.image.rockridge;
  lines.push_back({std::string("-rockridge ") + on_off(on), on});
}

void status_joliet(const Program& program, StatusLines& lines) {
  const bool on = program.settings.image.joliet;
  lines.push_back({std::string("-joliet ") + on_off(on), !on});
}

void status_hfsplus(const Program& program, StatusLines& lines) {
  const bool on = program.settings.image.hfsplus;
  lines.push_back({std::string("-hfsplus ") + on_off(on), !on});
}

bool cmd_rr_reloc_dir(Program& program, Words words) {
  if (words[0].size() > 255)
    return program.fail(Severity::failure, "Name too long with -rr_reloc_dir. Max. 255 bytes allowed.");
  if (words[0].find('/') != std::string::npos)
    return program.fail(Severity::failure, "Name given with -rr_reloc_dir contains '/' character");
  program.settings.image.rr_reloc_dir = words[0];
  return true;
}

void status_rr_reloc_dir(const Program& program, StatusLines& lines) {
  const std::string& name = program.settings.image.rr_reloc_dir;
  lines.push_back({"-rr_reloc_dir " + shell_quote(name), name.empty()});
}

bool cmd_uid(Program& program, Words words) {
  auto& uid = program.settings.image.uid;
  if (words[0].empty() || words[0] == "-") return uid.reset(), true;
  const auto id = find_user(words[0]);
  if (!id) return program.fail(Severity::sorry, "-uid: Not a known user: " + shell_quote(words[0]));
  uid = *id;
  return true;
}

bool cmd_gid(Program& program, Words words) {
  auto& gid = program.settings.image.gid;
  if (words[0].empty() || words[0] == "-") return gid.reset(), true;
  const auto id = find_group(words[0]);
  if (!id) return program.fail(Severity::sorry, "-gid: Not a known group: " + shell_quote(words[0]));
  gid = *id;
  return true;
}

void status_uid(const Program& program, StatusLines& lines) {
  if (program.settings.image.uid) lines.push_back({core::strprintf("-uid %lu", static_cast<unsigned long>(*program.settings.image.uid)), false});
}

void status_gid(const Program& program, StatusLines& lines) {
  if (program.settings.image.gid) lines.push_back({core::strprintf("-gid %lu", static_cast<unsigned long>(*program.settings.image.gid)), false});
}

constexpr CommandRow kRows[] = {
    {.name = "abstract_file", .shape = fixed(1), .rank = 178, .arguments = "text", .help = "Abstract file id",
     .handler = cmd_abstract_file, .status = status_abstract_file},
    {.name = "application_id", .shape = fixed(1), .rank = 174, .arguments = "text", .help = "Application id",
     .handler = cmd_application_id, .status = status_application_id},
    {.name = "application_use", .shape = fixed(1), .rank = 181, .arguments = "character|0xXY|disk_path",
     .help = "512 bytes application use field", .handler = cmd_application_use, .status = status_application_use},
    {.name = "biblio_file", .shape = fixed(1), .rank = 179, .arguments = "text", .help = "Biblio file id",
     .handler = cmd_biblio_file, .status = status_biblio_file},
    {.name = "copyright_file", .shape = fixed(1), .rank = 177, .arguments = "text", .help = "Copyright file id",
     .handler = cmd_copyright_file, .status = status_copyright_file},
    {.name = "gid", .shape = fixed(1), .rank = 185, .arguments = "gid", .help = "One group for all files",
     .handler = cmd_gid, .status = status_gid},
    {.name = "hfsplus", .shape = fixed(1), .rank = 168, .arguments = "on|off", .help = "Produce HFS+",
     .handler = cmd_hfsplus, .status = status_hfsplus},
    {.name = "joliet", .shape = fixed(1), .rank = 167, .arguments = "on|off", .help = "Produce Joliet",
     .handler = cmd_joliet, .status = status_joliet},
    {.name = "preparer_id", .shape = fixed(1), .rank = 180, .arguments = "text", .help = "Preparer id",
     .handler = cmd_preparer_id, .status = status_preparer_id},
    {.name = "publisher", .shape = fixed(1), .rank = 173, .arguments = "text", .help = "Publisher id",
     .handler = cmd_publisher, .status = status_publisher},
    {.name = "read_mkisofsrc", .shape = fixed(0), .rank = 183,
     .help = "Read first existing .mkisofsrc and apply its ids"},
    {.name = "rockridge", .shape = fixed(1), .rank = 166, .arguments = "on|off", .help = "Produce Rock Ridge",
     .handler = cmd_rockridge, .status = status_rockridge},
    {.name = "rr_reloc_dir", .shape = fixed(1), .rank = 170, .arguments = "name",
     .help = "Relocation directory for deep trees when deep_paths is off", .handler = cmd_rr_reloc_dir,
     .status = status_rr_reloc_dir},
    {.name = "system_id", .shape = fixed(1), .rank = 175, .arguments = "text", .help = "System id",
     .handler = cmd_system_id, .status = status_system_id},
    {.name = "uid", .shape = fixed(1), .rank = 184, .arguments = "uid", .help = "One owner for all files in the image",
     .handler = cmd_uid, .status = status_uid},
    {.name = "volid", .shape = fixed(1), .rank = 171, .arguments = "text",
     .help = "Volume id; problematic characters cause WARNING", .handler = cmd_volid, .status = status_volid},
    {.name = "volset_id", .shape = fixed(1), .rank = 172, .arguments = "text", .help = "Volume set id",
     .handler = cmd_volset_id, .status = status_volset_id},
    {.name = "volume_date", .shape = fixed(2), .rank = 176, .arguments = "type timestring",
     .help = "Superblock timestamps and uuid", .handler = cmd_volume_date, .status = status_volume_date},
};

}  // namespace

std::span<const CommandRow> image_settings_rows() { return kRows; }

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Copying files and trees of the image to disk.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "libcore/base/text.h"
#include "xorriso/commands/extract_files.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/insert_files.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::image::ExtractOptions;
using core::image::Node;

/// One command's extractions.
class Extraction {
 public:
  enum class Scope { tree, single };
  enum class Attributes { all, permissions };

  Extraction(Program& program, Scope scope, Attributes attributes)
      : program_(program), exclusions_(exclusions(program)), options_(extract_options(program, exclusions_)), count_(program) {
    options_.whole_tree = scope == Scope::tree;
    options_.owner_and_times = attributes == Attributes::all;
    if (program.settings.import.hardlinks) prepare_links();
  }

  bool extract(Node node, const std::string& disk_path) {
    core::image::Extractor extractor({*program_.image, source(), program_.progress, program_,
                                      [this] { return program_.may_continue(); },
                                      [this](std::string line) { program_.info(line); }, links_.get()},
                                     options_);
    return extractor.extract(node, disk_path);
  }

  void tell(RestoreCount::Rate rate) { count_.tell(rate); }

 private:
  /// Families are remembered as long as the image is loaded, or for this command only.
  void prepare_links() {
    using Memory = core::image::HardLinkMemory;
    const bool lasting = program_.settings.import.hardlink_extract == ImportSettings::HardlinkExtract::normal;
    if (!lasting) program_.image->extracted_links = nullptr;
    links_ = lasting && program_.image->extracted_links ? program_.image->extracted_links : std::make_shared<Memory>(*program_.image);
    if (lasting) program_.image->extracted_links = links_;
  }

  core::BlockSource& source() {
    if (program_.indev != nullptr) return *program_.indev;
    return nothing_;
  }

  /// Without input drive there are only pending files, which bring their own content.
  struct NothingLoaded : core::BlockSource {
    core::Result<void> read(core::Lba, std::span<std::byte>) override {
      return core::Problem{Severity::failure, "No input drive is acquired"};
    }
    core::Blocks capacity() const override { return {}; }
  };

  Program& program_;
  core::image::Exclusions exclusions_;
  ExtractOptions options_;
  RestoreCount count_;
  std::shared_ptr<core::image::HardLinkMemory> links_;
  NothingLoaded nothing_;
};

// --- -extract, -extract_single, -extract_l ---------------------------------------------------------------------------

bool extract_one(Program& program, Extraction& extraction, const std::string& iso_path, const std::string& disk_path) {
  const Node node = program.image->find(iso_path);
  if (!node)
    return program.fail(Severity::failure, "Cannot determine attributes of (ISO) source file " + shell_quote(iso_path), ENOENT);
  if (!extraction.extract(node, disk_path)) return false;
  program.drain();
  program.info("Extracted from ISO image: file " + shell_quote(iso_path) + "=" + shell_quote(disk_path) + "\n");
  return true;
}

bool extract_to(Program& program, Words words, Extraction::Scope scope) {
  if (!have_image(program) || !extraction_allowed(program, "extract")) return false;
  if (words[1].empty()) return program.fail(Severity::sorry, "-extract: Empty disk_path given");
  const auto iso_path = program.iso_path(words[0].empty() ? words[1] : words[0]);
  const auto disk_path = program.disk_path(words[1]);
  if (!iso_path || !disk_path) return false;
  Extraction extraction(program, scope, Extraction::Attributes::all);
  const Node node = program.image->find(*iso_path);
  if (!node)
    return program.fail(Severity::failure, "Cannot determine attributes of (ISO) source file " + shell_quote(*iso_path), ENOENT);
  const bool done = extraction.extract(node, *disk_path);
  program.drain();
  extraction.tell(RestoreCount::Rate::shown);
  if (done) program.info("Extracted from ISO image: file " + shell_quote(*iso_path) + "=" + shell_quote(*disk_path) + "\n");
  return done;
}

bool cmd_extract(Program& program, Words words) { return extract_to(program, words, Extraction::Scope::tree); }
bool cmd_extract_single(Program& program, Words words) { return extract_to(program, words, Extraction::Scope::single); }

bool cmd_extract_l(Program& program, Words words) {
  const std::size_t given = static_cast<std::size_t>(std::count_if(words.begin(), words.begin() + 2, [](const auto& w) { return !w.empty(); }));
  if (words.size() < 3)
    return program.fail(Severity::failure, core::strprintf("-extract_l: Not enough arguments given (%zu < 3)", given + words.size() - 2));
  if (!have_image(program) || !extraction_allowed(program, "extract")) return false;
  const auto iso_prefix = program.iso_path(words[0]), disk_prefix = program.disk_path(words[1]);
  if (!iso_prefix || !disk_prefix) return false;
  Extraction extraction(program, Extraction::Scope::tree, Extraction::Attributes::all);
  bool good = true;
  for (const std::string& word : words.subspan(2)) {
    const auto iso_path = program.iso_path(word);
    const auto disk_path = iso_path ? exchange_prefix(program, "extract_l", "disk", *iso_path, *iso_prefix, *disk_prefix) : std::nullopt;
    if (!disk_path || !extract_one(program, extraction, *iso_path, *disk_path)) {
      good = false;
      if (!program.may_continue()) return false;
    }
  }
  extraction.tell(RestoreCount::Rate::hidden);
  return good;
}

// --- -cpx and kin ----------------------------------------------------------------------------------------------------

bool is_directory(const std::string& disk_path) {
  struct stat info;
  return ::stat(disk_path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

/// The disk path of each origin, with the rules of cp -r.
class CopyTarget {
 public:
  bool prepare(Program& program, const std::string& word, std::size_t origins) {
    const auto path = program.disk_path(word);
    if (!path) return false;
    path_ = *path;
    into_ = is_directory(path_) || origins > 1;
    if (origins == 1 || is_directory(path_)) return true;
    struct stat info;
    if (::lstat(path_.c_str(), &info) == 0)
      return program.fail(Severity::failure, "-cp*x: more than one origin given, destination is a non-directory: " + shell_quote(path_));
    if (!core::image::make_parent_directories(path_, program)) return false;
    if (::mkdir(path_.c_str(), 0777) == 0) return true;
    return program.fail(Severity::failure, "-cp*x: cannot create directory " + shell_quote(path_), errno);
  }
  std::string of(Node node) const { return into_ && !node.name().empty() ? path_ + "/" + std::string(node.name()) : path_; }

 private:
  std::string path_;
  bool into_ = false;
};

bool copy_list(Program& program, Words words, Extraction::Scope scope, Extraction::Attributes attributes) {
  if (words.size() < 2) return program.fail(Severity::sorry, "-cp*x: not enough arguments");
  if (!have_image(program) || !extraction_allowed(program, "cpx")) return false;
  const Words origins = words.first(words.size() - 1);
  CopyTarget target;
  if (!target.prepare(program, words.back(), origins.size())) return false;
  Extraction extraction(program, scope, attributes);
  bool good = true;
  for (const std::string& word : origins) {
    const Node node = find_in_image(program, word);
    bool done = static_cast<bool>(node);
    if (done && scope == Extraction::Scope::single && node.is_directory())
      done = program.fail(Severity::failure, "-cpx: May not copy directory " + shell_quote(node.path()));
    if (done) done = extraction.extract(node, target.of(node));
    if (done && scope == Extraction::Scope::single)
      program.info("Copied from ISO image to disk: file " + shell_quote(node.path()) + " = " + shell_quote(target.of(node)) + "\n");
    good = good && done;
    if (!done && !program.may_continue()) return false;
  }
  extraction.tell(RestoreCount::Rate::hidden);
  return good;
}

bool cmd_cpx(Program& program, Words words) { return copy_list(program, words, Extraction::Scope::single, Extraction::Attributes::permissions); }
bool cmd_cpax(Program& program, Words words) { return copy_list(program, words, Extraction::Scope::single, Extraction::Attributes::all); }
bool cmd_cp_rx(Program& program, Words words) { return copy_list(program, words, Extraction::Scope::tree, Extraction::Attributes::permissions); }
bool cmd_cp_rax(Program& program, Words words) { return copy_list(program, words, Extraction::Scope::tree, Extraction::Attributes::all); }

constexpr CommandRow kRows[] = {
    {.name = "concat", .shape = list(2), .expansion = Expansion::iso, .rank = 164,
     .arguments = "mode target iso_path [***]",
     .help = "Write file contents in sequence to file, stdout (-) or program", .handler = cmd_concat},
    {.name = "cp_rax", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 162,
     .arguments = "iso_path [***] disk_path", .help = "Copy trees with attributes", .handler = cmd_cp_rax},
    {.name = "cp_rx", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 161,
     .arguments = "iso_path [***] disk_path", .help = "Copy trees, default permissions", .handler = cmd_cp_rx},
    {.name = "cpax", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 160,
     .arguments = "iso_path [***] disk_path", .help = "Copy leaf files with attributes", .handler = cmd_cpax},
    {.name = "cpx", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 159,
     .arguments = "iso_path [***] disk_path", .help = "Copy leaf files, default permissions", .handler = cmd_cpx},
    {.name = "extract", .shape = fixed(2), .rank = 154, .arguments = "iso_path disk_path",
     .help = "Copy object or tree to exactly that disk path", .handler = cmd_extract},
    {.name = "extract_boot_images", .shape = fixed(1), .rank = 158, .arguments = "disk_path",
     .help = "Dump catalog, boot images and system area as files"},
    {.name = "extract_cut", .shape = fixed(4), .rank = 157, .arguments = "iso_path offset count disk_path",
     .help = "Extract byte range into new file", .handler = cmd_extract_cut},
    {.name = "extract_l", .shape = list(2), .expansion = Expansion::iso, .rank = 156,
     .arguments = "iso_prefix disk_prefix iso_path [***]", .help = "Extract list by prefix exchange", .handler = cmd_extract_l},
    {.name = "extract_single", .shape = fixed(2), .rank = 155, .arguments = "iso_path disk_path",
     .help = "Extract without descending", .handler = cmd_extract_single},
    {.name = "mount", .shape = fixed(4), .rank = 165, .arguments = "drive entity id path",
     .help = "Run the mount command (needs osirrox on, no pending changes)"},
    {.name = "paste_in", .shape = fixed(4), .rank = 163, .arguments = "iso_path disk_path offset count",
     .help = "Copy content into a range of an existing disk file", .handler = cmd_paste_in},
};

}  // namespace

std::span<const CommandRow> extract_rows() { return kRows; }

// --- shared with the commands that copy ranges -----------------------------------------------------------------------

bool extraction_allowed(Program& program, std::string_view command, std::string_view what) {
  const auto mode = program.settings.extract.mode;
  if (mode == ExtractSettings::Mode::on || mode == ExtractSettings::Mode::device_files) return true;
  return program.fail(Severity::failure, "-" + std::string(command) + ": " + std::string(what) + " are not enabled by option -osirrox");
}

Node find_in_image(Program& program, const std::string& word) {
  const auto path = program.iso_path(word);
  if (!path) return {};
  const Node node = program.image->find(*path);
  if (!node) program.report(Severity::failure, "Cannot find path " + shell_quote(*path) + " in loaded ISO image");
  return node;
}

ExtractOptions extract_options(const Program& program, const core::image::Exclusions& exclusions) {
  const Settings& s = program.settings;
  ExtractOptions options;
  options.acl = s.import.acl;
  options.xattr = s.import.xattr == ImportSettings::Xattr::user;
  options.xattr_all = s.import.xattr == ImportSettings::Xattr::any;
  options.device_files = s.extract.mode == ExtractSettings::Mode::device_files;
  options.auto_chmod = s.extract.auto_chmod;
  options.replace_files = s.insert.overwrite != InsertSettings::Overwrite::off;
  if (s.import.md5 && s.extract.check_md5 == ExtractSettings::CheckMd5::on) options.md5_check = ExtractOptions::Md5Check::on;
  if (s.import.md5 && s.extract.check_md5 == ExtractSettings::CheckMd5::force) options.md5_check = ExtractOptions::Md5Check::force;
  using On = ExceptionSettings::Extraction;
  using Incomplete = ExtractOptions::Incomplete;
  const On on = s.exceptions.file_extraction;
  options.incomplete = on == On::remove ? Incomplete::remove : on == On::best_effort ? Incomplete::best_effort : Incomplete::keep;
  options.sparse = core::Bytes{s.extract.sparse};
  options.exclusions = &exclusions;
  return options;
}

RestoreCount::RestoreCount(Program& program)
    : program_(program), scope_(program.progress, core::Phase::extracting), start_(std::chrono::steady_clock::now()) {}

void RestoreCount::tell(Rate rate) {
  program_.drain();
  const long long files = program_.progress.done, bytes = program_.progress.bytes;
  if (files == 0) return;
  using Seconds = std::chrono::duration<double>;
  const double elapsed = std::max(1.0, Seconds(std::chrono::steady_clock::now() - start_).count());
  static constexpr char kUnits[] = {'k', 'm', 'g', 't'};
  std::string size = core::strprintf("%lldb", bytes);
  double scaled = static_cast<double>(bytes);
  for (std::size_t unit = 0; bytes >= 100000 && unit < 4; ++unit) {
    scaled /= 1024;
    size = core::strprintf("%.1f%c", scaled, kUnits[unit]);
    if (scaled < 10000) break;
  }
  std::string line = core::strprintf("%7lld files restored (%7s) in %d seconds", files, size.c_str(), static_cast<int>(elapsed));
  if (rate == Rate::shown) line += core::strprintf(" = %.1fxD", static_cast<double>(bytes) / elapsed / 1385000.0);
  program_.report(Severity::update, line);
}

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verifying the loaded image by its recorded MD5 sums.
#include "xorriso/commands/verify.h"

#include "libcore/base/text.h"
#include "libcore/image/checksum.h"
#include "xorriso/commands/check_media.h"
#include "xorriso/commands/check_media_options.h"
#include "xorriso/commands/extract_files.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/insert_files.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::image::FileCheck;
using core::image::Node;
using core::image::NodeKind;

/// The severity that the user wants for mismatches.
bool read_severity(Program& program, const std::string& word, Severity& severity) {
  const auto parsed = core::parse_severity(word);
  if (!parsed) return program.fail(Severity::failure, "-check_md5: Not a known severity name : " + core::shell_quote(word));
  severity = *parsed;
  return true;
}

void report_mismatch(Program& program, Severity severity) {
  if (severity > Severity::all) program.report(severity, "Event triggered by MD5 comparison mismatch");
}

// --- the session as a whole ------------------------------------------------------------------------------------------

bool session_matches(Program& program) {
  if (!have_image(program)) return false;
  const auto recorded = core::image::recorded_session_md5(*program.image);
  if (!recorded) return program.fail(Severity::warning, "No session MD5 is recorded with the loaded session");
  program.info("Checking loaded session by its recorded MD5.\n");
  program.result(core::strprintf("Session MD5 %s , LBA %.f , %.f blocks\n", core::image::md5_text(recorded->md5).c_str(),
                                 static_cast<double>(recorded->start.value), static_cast<double>(recorded->size.value)));
  const core::PhaseScope scope(program.progress, core::Phase::reading);
  auto digest = core::image::digest_blocks(*program.indev, recorded->start, recorded->size, program.progress);
  if (!digest) {
    program.report(std::move(digest).problem());
    return false;
  }
  return *digest == recorded->md5;
}

bool check_session(Program& program, Severity severity) {
  const bool match = session_matches(program);
  program.result(match ? "Ok, session data match recorded md5.\n" : "MD5 MISMATCH WITH DATA OF LOADED SESSION !\n");
  if (!match) report_mismatch(program, severity);
  return match;
}

// --- files -----------------------------------------------------------------------------------------------------------

/// Why a node is not going to be checked; empty if it is.
std::string objection(const Program& program, Node node, const std::string& word) {
  if (node.kind() != NodeKind::file) return "-check_md5: Not a data file: " + core::shell_quote(word);
  if (!core::image::recorded_md5(*program.image, node)) return "-check_md5: No MD5 recorded with file: " + core::shell_quote(word);
  return {};
}

/// -check_md5 PATHS. Consecutive files are checked together; lines and events come in the order of the words.
void check_paths(Program& program, Words words, Md5Audit& audit) {
  std::vector<Node> files;
  std::vector<std::string> names;
  auto flush = [&] {
    audit.check_named(files, names);
    files.clear();
    names.clear();
  };
  for (const std::string& word : words) {
    const auto path = program.iso_path(word);
    const Node node = path ? program.image->find(*path) : Node();
    const std::string why_not = node ? objection(program, node, word) : std::string();
    if (node && why_not.empty()) {
      files.push_back(node);
      names.push_back(word);
      continue;
    }
    flush();
    if (!program.may_continue()) return;
    if (node) {
      program.report(Severity::note, why_not);
      if (node.kind() == NodeKind::file) audit.check_named({&node, 1}, {&word, 1});
      continue;
    }
    find_in_image(program, word);
    program.result("NOT READABLE: " + core::shell_quote(word) + "\n");
    audit.count_error();
    if (!program.may_continue()) return;
  }
  flush();
}

/// -check_md5_r PATHS.
void check_trees(Program& program, Words words, Md5Audit& audit) {
  for (const std::string& word : words) {
    const Node node = find_in_image(program, word);
    if (node)
      audit.check_quietly(data_files_below(node));
    else
      audit.count_error();
    if (!program.may_continue()) return;
  }
}

bool check_md5(Program& program, Words words, void (*check)(Program&, Words, Md5Audit&)) {
  Severity severity{};
  if (!read_severity(program, words[0], severity)) return false;
  if (words.size() == 1) return check_session(program, severity);
  if (!have_image(program)) return false;
  Md5Audit audit(program);
  check(program, words.subspan(1), audit);
  return audit.conclude(severity);
}

bool cmd_check_md5(Program& program, Words words) { return check_md5(program, words, check_paths); }
bool cmd_check_md5_r(Program& program, Words words) { return check_md5(program, words, check_trees); }

constexpr CommandRow kRows[] = {
    {.name = "check_md5", .shape = list(1), .expansion = Expansion::iso, .rank = 221,
     .arguments = "severity iso_path [***]", .help = "Verify recorded MD5", .handler = cmd_check_md5},
    {.name = "check_md5_r", .shape = list(1), .expansion = Expansion::iso, .rank = 222,
     .arguments = "severity iso_path [***]", .help = "Verify recursively, mismatches only", .handler = cmd_check_md5_r},
    {.name = "check_media", .shape = list(0), .rank = 220, .arguments = "[option=value [...]]",
     .help = "Read test of medium", .handler = cmd_check_media},
    {.name = "check_media_defaults", .shape = list(0), .rank = 219, .arguments = "[option=value [...]]",
     .help = "Preset media check options", .handler = cmd_check_media_defaults, .status = status_check_media_defaults},
};

/// Without input drive there is no loaded content; files that were added may have sums nevertheless.
class NothingLoaded : public core::BlockSource {
 public:
  core::Result<void> read(core::Lba, std::span<std::byte>) override {
    return core::Problem{Severity::failure, "No input drive is acquired"};
  }
  core::Blocks capacity() const override { return {}; }
};

std::vector<FileCheck> run_check(Program& program, std::span<const Node> files) {
  const core::PhaseScope scope(program.progress, core::Phase::reading);
  if (program.indev != nullptr)
    return core::image::check_files(*program.image, *program.indev, files, program.progress, program);
  NothingLoaded nothing;
  return core::image::check_files(*program.image, nothing, files, program.progress, program);
}

}  // namespace

std::span<const CommandRow> verify_rows() { return kRows; }

std::vector<Node> data_files_below(Node top) {
  std::vector<Node> files, open{top};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (node.kind() == NodeKind::file) files.push_back(node);
    if (!node.is_directory()) continue;
    const std::vector<Node> children = node.children();
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return files;
}

void Md5Audit::check_named(std::span<const Node> files, std::span<const std::string> names) {
  if (files.empty()) return;
  const auto verdicts = run_check(program_, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = core::shell_quote(names[i]);
    count(verdicts[i]);
    if (verdicts[i] == FileCheck::match) program_.result("md5 match   : " + name + "\n");
    if (verdicts[i] == FileCheck::mismatch) program_.result("MD5 MISMATCH: " + name + "\n");
    if (verdicts[i] == FileCheck::unreadable) program_.result("NOT READABLE: " + name + "\n");
  }
}

void Md5Audit::check_quietly(std::span<const Node> files) {
  if (files.empty()) return;
  const auto verdicts = run_check(program_, files);
  bool all_match = true;
  for (const FileCheck verdict : verdicts) {
    count(verdict);
    all_match = all_match && verdict == FileCheck::match;
  }
  if (all_match) return;
  for (const std::uint32_t i : core::image::order_by_lba(files)) {
    if (verdicts[i] == FileCheck::mismatch) program_.result("MD5 MISMATCH: " + core::shell_quote(files[i].path()) + "\n");
    if (verdicts[i] == FileCheck::unreadable) program_.result("NOT READABLE: " + core::shell_quote(files[i].path()) + "\n");
  }
}

void Md5Audit::count(FileCheck verdict) {
  matches_ |= verdict == FileCheck::match;
  mismatches_ |= verdict == FileCheck::mismatch;
  unchecked_ |= verdict == FileCheck::no_md5;
  errors_ |= verdict == FileCheck::unreadable || verdict == FileCheck::skipped;
}

bool Md5Audit::conclude(Severity severity) {
  if (mismatches_) {
    program_.result("Mismatch detected between file contents and MD5 checksums.\n");
  } else if (matches_) {
    program_.result("File contents and their MD5 checksums match.\n");
  } else {
    const bool loaded = core::image::recorded_session_md5(*program_.image).has_value();
    program_.result(std::string("Not a single file with MD5 checksum was found.") +
                    (loaded ? "\n" : " (There is no MD5 checksum array loaded.)\n"));
    unchecked_ &= loaded;
  }
  if (errors_) program_.result("Encountered errors other than non-match during MD5 checking.\n");
  if (unchecked_) program_.result("There were data files which have no MD5 and thus could not be checked.\n");
  const bool good = !mismatches_ && !errors_;
  if (!good) report_mismatch(program_, severity);
  return good;
}

}  // namespace xorriso

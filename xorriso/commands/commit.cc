// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writing of sessions: what gets checked before, what is told after, and how the written state becomes the loaded one.
#include "xorriso/commands/commit.h"

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <variant>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/session/commit.h"
#include "libcore/session/image_stream.h"
#include "xorriso/commands/media.h"
#include "xorriso/boot_equipment.h"
#include "xorriso/drive_control.h"
#include "xorriso/interpreter.h"
#include "xorriso/output/logs.h"
#include "xorriso/program.h"
#include "xorriso/session_request.h"

namespace xorriso {
namespace {

using core::Severity;
using core::drive::Drive;
using core::shell_quote;
using core::strprintf;
using core::session::Method;
using core::session::Plan;
using core::session::Step;

long long number(core::Blocks b) { return b.value; }

/// The plan for the next session; problems are reported.
std::optional<Plan> plan_session(Program& program) {
  auto plan = core::session::make_plan(situation(program));
  program.drain();
  if (plan) return *plan;
  const bool from_library = plan.problem().origin != core::Origin::xorriso;
  program.report(std::move(plan).problem());
  if (from_library) program.report(Severity::failure, "Failed to prepare session write run");
  return std::nullopt;
}

/// A cancelled generator complains about having been cancelled. That adds nothing to the true cause.
void drain_without_cancellation(Program& program) {
  core::FunctionSink sink([&](core::Problem p) {
    if (p.text != "Image write cancelled") program.report(std::move(p));
  });
  core::drain_library_messages(sink);
}

void report_failure(Program& program, core::session::CommitFailure failure) {
  if (failure.step == Step::write || failure.step == Step::activate) drain_without_cancellation(program);
  if (failure.step == Step::size_check) {
    program.report(std::move(failure.problem));
    program.drain();
    return;
  }
  program.drain();
  const bool cancelled = failure.problem.severity == Severity::abort;
  program.report(std::move(failure.problem));
  if (cancelled) return;
  switch (failure.step) {
    case Step::prepare: program.report(Severity::failure, "Failed to prepare session write run"); break;
    case Step::write: program.report(Severity::failure, "libburn indicates failure with writing."); break;
    case Step::activate: program.report(Severity::failure, "Could not write new set of volume descriptors"); break;
    case Step::size_check: break;
  }
}

/// Appends a line about the session to the file of -session_log: time, start block, number of blocks, volume id.
void log_session(Program& program, const core::session::Written& written) {
  const std::string& path = program.settings.scripting.session_log;
  if (path.empty()) return;
  const std::time_t now = std::time(nullptr);
  std::tm tm{};
  ::localtime_r(&now, &tm);
  char time[40];
  std::strftime(time, sizeof time, "%Y.%m.%d.%H%M%S", &tm);
  std::FILE* file = std::fopen(path.c_str(), "ae");
  if (file == nullptr) {
    program.report(Severity::failure, "-session_log: Cannot open file " + shell_quote(path));
    return;
  }
  std::fprintf(file, "%s %lld %lld %s\n", time, static_cast<long long>(written.start.value), number(written.on_medium),
               program.image->texts().volume_id.c_str());
  if (std::fclose(file) != 0) program.report(Severity::failure, "-session_log: Cannot write to file " + shell_quote(path), errno);
}

/// After a failed burn run: what the medium still offers.
void tell_medium_state(Program& program, const Plan& plan) {
  if (program.outdev->kind() != core::drive::Kind::optical || program.settings.write.dummy) return;
  if (plan.method != Method::growing || !program.loaded.valid) {
    program.report(Severity::hint, "The medium does not offer a complete session now.");
  } else if (program.outdev->overwritable()) {
    program.report(Severity::hint, "The medium still offers the session which it offered before.");
  } else {
    program.report(Severity::hint, strprintf("The medium keeps its earlier sessions. The last good one can be loaded by -load lba %lld.",
                                             static_cast<long long>(program.loaded.start.value)));
  }
}

/// A session that was interrupted gets closed, so that the next one can be found by all readers.
bool close_before_writing(Program& program) {
  Drive& drive = *program.outdev;
  if (program.settings.write.dummy || !drive.has_open_session()) return true;
  program.report(Severity::note, "Medium holds an open session. Closing it before writing a new one.");
  auto done = drive.close_damaged(true, false);
  program.drain();
  if (done) done = drive.reassess();
  program.drain();
  if (!done) {
    program.report(std::move(done).problem());
    return false;
  }
  if (!drive.has_open_session()) return true;
  return program.fail(Severity::failure, "The open session on the medium cannot be closed. No further session can be written.");
}

/// Tells the record of the scdbackup tag and appends it to the list that the user keeps.
void log_scdbackup_record(Program& program, const std::string& record) {
  if (record.empty()) return;
  program.info("xorriso : NOTE : scdbackup tag written : " + record + "\n\n");
  const std::string& path = program.settings.write.scdbackup_list;
  if (path.empty()) return;
  std::FILE* file = std::fopen(path.c_str(), "ae");
  if (file == nullptr) {
    program.report(Severity::failure, "-scdbackup_tag: Cannot open file " + shell_quote(path));
    return;
  }
  const bool written = std::fprintf(file, "%s\n", record.c_str()) > 0;
  if (std::fclose(file) != 0 || !written)
    program.report(Severity::failure, "-scdbackup_tag: Cannot write to file " + shell_quote(path), errno);
}

/// Writes the session and tells about it. Empty: it failed, reported.
std::optional<Plan> write_pending(Program& program) {
  if (require_output(program, "write") == nullptr || !output_is_unrestricted(program)) return std::nullopt;
  if (!format_before_writing(program) || !close_before_writing(program)) return std::nullopt;
  auto options = image_options(program);
  if (!prepare_boot_equipment(program, options)) return std::nullopt;
  auto plan = plan_session(program);
  if (!plan) return std::nullopt;
  auto imprint = image_imprint(program);
  if (!imprint) return std::nullopt;
  core::session::CommitRequest request{.image = *program.image,
                                       .out = *program.outdev,
                                       .plan = *plan,
                                       .options = std::move(options),
                                       .imprint = *std::move(imprint),
                                       .write = write_settings(program),
                                       .padding = padding_behind(program)};
  if (program.outdev->kind() != core::drive::Kind::sequential)
    request.free = core::Blocks{program.outdev->free_space().value / core::kBlockSize};
  program.errfile_log().mark("burn session start");
  auto outcome = core::session::write_session(request, program.progress, program);
  program.errfile_log().mark("burn session end");
  program.progress.phase = core::Phase::idle;
  if (auto* failure = std::get_if<core::session::CommitFailure>(&outcome)) {
    const bool begun = failure->step == Step::write;
    report_failure(program, std::move(*failure));
    if (begun) tell_medium_state(program, *plan);
    return std::nullopt;
  }
  program.drain();
  const auto& written = std::get<core::session::Written>(outcome);
  program.info(strprintf("ISO image produced: %lld sectors\n", number(written.produced)));
  program.info(strprintf("Written to medium : %lld sectors at LBA %lld\n", number(written.on_medium),
                         static_cast<long long>(written.start.value)));
  program.info("Writing to " + shell_quote(program.outdev->identity().address) + " completed successfully.\n\n");
  log_scdbackup_record(program, written.scdbackup_record);
  log_session(program, written);
  program.image->set_changed(false);
  program.settings.pending = Settings::Pending::as_is;
  return plan;
}

bool nothing_to_write(Program& program, const char* command) {
  if (program.image != nullptr && program.has_pending_changes()) return false;
  program.report(Severity::warning, strprintf("-%s: No image modifications pending", command));
  return true;
}

/// The output drive becomes the input drive, and what was written gets loaded.
bool load_written(Program& program, const Plan& plan) {
  if (plan.method == Method::blind_growing) {
    give_up_drives(program, DriveRole::output);
    return true;
  }
  program.report(Severity::note, "Re-assessing -outdev " + program.result_path(program.outdev->identity().address));
  program.image = nullptr;
  program.indev = nullptr;
  auto done = program.outdev->reassess();
  program.drain();
  if (!done) {
    program.report(std::move(done).problem());
    return false;
  }
  program.indev = program.outdev;
  return load_from_input(program);
}

}  // namespace

bool cmd_commit(Program& program, Words) {
  if (nothing_to_write(program, "commit")) return true;
  const auto plan = write_pending(program);
  return plan && load_written(program, *plan);
}

bool cmd_commit_eject(Program& program, Words words) {
  if (nothing_to_write(program, "commit")) return true;
  const bool same = program.indev == program.outdev;
  if (!write_pending(program)) return false;
  const std::string& which = words[0];
  if (which == "none") {
    give_up_drives(program, DriveRole::both);
    return true;
  }
  const bool in = which != "out", out = which != "in";
  if (program.indev != nullptr && (in || same)) program.indev->eject_at_end(true);
  if (program.outdev != nullptr && (out || same)) program.outdev->eject_at_end(true);
  if (same && in != out) {
    program.report(Severity::note, "Giving up for -eject whole -dev " + program.result_path(program.outdev->identity().address));
    drop_drives(program, DriveRole::both);
    return true;
  }
  if (!in) {
    drop_drives(program, DriveRole::output);
    give_up_drives(program, DriveRole::input);
  } else if (!out) {
    take_drive_away(program, DriveRole::input);
    give_up_drives(program, DriveRole::output);
  } else {
    drop_drives(program, DriveRole::both);
  }
  return true;
}

namespace {

/// Blocks which the next session would occupy. Empty: reported.
std::optional<core::Blocks> predicted_blocks(Program& program) {
  const auto plan = plan_session(program);
  if (!plan) return std::nullopt;
  auto imprint = image_imprint(program);
  if (!imprint) return std::nullopt;
  auto options = image_options(program);
  if (!prepare_boot_equipment(program, options)) return std::nullopt;
  core::session::imprint_descriptors(*program.image, *imprint);
  auto size = core::session::predict_size(*program.image, options, {plan->image_start, plan->refers_to_older, nullptr});
  program.drain();
  if (size) {
    // A first session behind the head of overwritable media occupies that head, too.
    if (plan->activates_head && plan->method != Method::growing) *size += plan->head;
    return core::session::blocks_on_medium(*plan, *size, padding_behind(program));
  }
  program.report(std::move(size).problem());
  return std::nullopt;
}

}  // namespace

std::optional<core::Blocks> predicted_session(Program& program) {
  if (nothing_to_write(program, "print_size")) return core::Blocks{};
  std::optional<core::Blocks> predicted;
  if (require_output(program, "-print_size") != nullptr) predicted = predicted_blocks(program);
  if (!predicted) program.report(Severity::sorry, "Cannot -print_size");
  return predicted;
}

bool cmd_print_size(Program& program, Words) {
  const auto size = predicted_session(program);
  if (!size) return false;
  program.result(strprintf("Image size   : %llds\n", number(*size)));
  return true;
}

bool cmd_tell_media_space(Program& program, Words) {
  if (require_output(program, "-tell_media_space") == nullptr) return program.fail(Severity::sorry, "Cannot -tell_media_space");
  core::Blocks size;
  if (program.image != nullptr && program.has_pending_changes()) {
    const auto predicted = predicted_blocks(program);
    if (!predicted) return program.fail(Severity::sorry, "Cannot -tell_media_space");
    size = *predicted;
  }
  const core::Blocks space{program.outdev->free_space().value / core::kBlockSize};
  program.result(strprintf("Media space  : %llds\n", number(space)));
  program.result(strprintf("After commit : %llds\n", number(core::Blocks{space.value - size.value})));
  return true;
}

void commit_pending_changes(Program& program) {
  if (program.image == nullptr || !program.has_pending_changes()) return;
  if (program.settings.pending == Settings::Pending::mkisofs_printed) return;
  must_abort(program);  // what the last command suffered is told once more, before it gets written
  program.begin_command();
  write_pending(program);
  program.drain();
}

}  // namespace xorriso

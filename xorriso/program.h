// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a command handler works on: the settings, the channels, the loaded image and the two drives. There is one
// Program per process run, made in main(); nothing here is global.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/drive/drive.h"
#include "libcore/image/filters.h"
#include "libcore/image/image.h"
#include "xorriso/loaded_session.h"
#include "xorriso/settings.h"

namespace xorriso {

class Channels;
class Console;
class ErrfileLog;
class Pager;

class Program : public core::ProblemSink {
 public:
  Program();
  ~Program() override;

  Settings settings;

  // --- events and channels -------------------------------------------------------------------------------------
  /// Reports an event: counts for -abort_on and -return_with, shown according to -report_about. Thread safe.
  void report(core::Problem p) override;
  void report(core::Severity severity, std::string text, int os_errno = 0);
  /// Reports and returns false: `return program.fail(Severity::failure, "...")`.
  bool fail(core::Severity severity, std::string text, int os_errno = 0);
  /// Result channel R; text as is, the caller writes the newline.
  void result(std::string_view text);
  /// Info channel I without severity; the caller writes the newline. Suppressed if both -report_about and -abort_on are
  /// above NOTE, as the reference does it.
  void info(std::string_view text);
  /// Mark channel M; the text has no newline.
  void mark(std::string_view text);
  Channels& channels();
  /// Whether an event of that severity would be shown.
  bool is_shown(core::Severity severity) const;
  /// Disk paths of files that caused problem events; report() with severity `errfile` writes there too.
  ErrfileLog& errfile_log();
  Pager& pager();
  Console& console();
  /// Makes the channels follow -backslash_codes.
  void apply_encoding();

  /// Drains library messages into events. Called by the interpreter after each command; call it where order matters.
  void drain();

  // --- verdicts ------------------------------------------------------------------------------------------------
  /// Worst event of the present command; severity `all` if none.
  core::Severity worst_of_command() const;
  /// Worst event since program start.
  core::Severity worst_of_run() const;
  /// To be asked by commands which work on several words, after one of them failed: true if the command shall go on
  /// with the next word, false if it shall end because an event reached -abort_on.
  bool may_continue();
  /// For the interpreter: a new command begins.
  void begin_command();
  /// For -commit's second try and the like: replaces the memory of the worst event since program start.
  void set_worst_of_run(core::Severity severity);

  // --- the run -------------------------------------------------------------------------------------------------
  enum class Changes { keep, discard };
  /// The run shall end behind the present command: -end, -rollback_end.
  void request_end(Changes changes);
  bool end_requested() const;
  bool discards_changes() const;
  /// True while commands come from the dialog, with users who may be asked.
  bool in_dialog() const;
  void set_in_dialog(bool on);
  /// -reassure: asks in dialog whether `command`, "which will ...", shall really be performed. True without asking if the
  /// setting is off or nobody is there.
  bool reassured(std::string_view command, std::string_view which_will);
  /// Nesting of command files: one level deeper as long as the token of enter_file() lives.
  int file_depth() const;
  std::shared_ptr<void> enter_file();
  bool libraries_started() const;
  void set_libraries_started();

  // --- the objects of work -------------------------------------------------------------------------------------
  std::vector<std::unique_ptr<core::image::ExternalFilter>> filters;  ///< registered ones; they outlive the image
  std::unique_ptr<core::image::Image> image;         ///< null: no image (no drive acquired yet)
  std::shared_ptr<core::drive::Drive> indev, outdev;  ///< the same object after -dev
  LoadedSession loaded;                              ///< where `image` came from
  core::Progress progress;                           ///< published by workers, shown by the pacifier thread

  /// True if a commit would have to write: edits of the image, or -changes_pending yes.
  bool has_pending_changes() const;

  // --- words ---------------------------------------------------------------------------------------------------
  /// Absolute, normalised path in the image from a word, relative ones from -cd. Empty optional: reported.
  std::optional<std::string> iso_path(std::string_view word);
  /// Absolute, normalised path on disk from a word, relative ones from -cdx.
  std::optional<std::string> disk_path(std::string_view word);
  /// A path or address as result lines show it: in single quotes, or plain with -sh_style_result on.
  std::string result_path(std::string_view path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace xorriso

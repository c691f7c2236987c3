// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/base/libraries.h"

#include <algorithm>
#include <deque>
#include <mutex>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"

namespace core {
namespace {

std::string version_text(int major, int minor, int micro) { return strprintf("%d.%d.%d", major, minor, micro); }

constexpr std::string_view kUnknownSource = "UNKNOWN SOURCE";

/// Notes about sources in the order in which they were made.
class SourceTroubles {
 public:
  void add(SourceTrouble trouble, std::string path) {
    const std::lock_guard<std::mutex> guard(lock_);
    if (notes_.size() >= kMost) notes_.pop_front();
    notes_.emplace_back(trouble, std::move(path));
  }
  void clear() {
    const std::lock_guard<std::mutex> guard(lock_);
    notes_.clear();
  }
  /// The path of the oldest note of this kind; it and all older ones are forgotten.
  std::optional<std::string> take(SourceTrouble trouble) {
    const std::lock_guard<std::mutex> guard(lock_);
    const auto note = std::find_if(notes_.begin(), notes_.end(), [trouble](const auto& n) { return n.first == trouble; });
    if (note == notes_.end()) return std::nullopt;
    std::string path = std::move(note->second);
    notes_.erase(notes_.begin(), note + 1);
    return path;
  }

 private:
  static constexpr std::size_t kMost = 100000;
  std::mutex lock_;
  std::deque<std::pair<SourceTrouble, std::string>> notes_;
};

SourceTroubles& source_troubles() {
  static SourceTroubles troubles;  // libisofs calls back from threads without any context of ours
  return troubles;
}

/// Replaces the name of an unknown source in a message of libisofs, and reports the path as it does for known ones.
void name_source(std::string& text, ProblemSink& sink) {
  const std::size_t at = text.find(kUnknownSource);
  if (at == text.npos) return;
  const SourceTrouble trouble = text.starts_with("Size of file")         ? SourceTrouble::size_changed
                                : text.starts_with("Read error in file") ? SourceTrouble::not_read
                                                                         : SourceTrouble::not_opened;
  const std::optional<std::string> path = source_troubles().take(trouble);
  if (!path) return;
  sink.report({Severity::errfile, *path, 0, Origin::libisofs});
  text.replace(at, kUnknownSource.size(), *path);
}

}  // namespace

void note_source_trouble(SourceTrouble trouble, std::string path) { source_troubles().add(trouble, std::move(path)); }
void forget_source_troubles() { source_troubles().clear(); }

Result<void> start_libraries() {
  char message[1024] = "";
  if (isoburn_initialize(message, 0) <= 0)
    return Problem{Severity::fatal, std::string("Cannot initialize libraries: ") + message, 0, Origin::xorriso};
  static char iso_all[] = "ALL", iso_never[] = "NEVER", iso_prefix[] = "libisofs: ";
  static char burn_all[] = "ALL", burn_never[] = "NEVER", burn_prefix[] = "libburn: ";
  iso_set_msgs_severities(iso_all, iso_never, iso_prefix);
  burn::burn_msgs_set_severities(burn_all, burn_never, burn_prefix);
  return {};
}

void end_libraries() {
  burn::burn_finish();
  iso_finish();
}

void set_image_time(std::optional<time_t> now) {
  time_t value = now.value_or(-1);
  iso_nowtime(&value, now ? 1 : 2);
}

void drain_library_messages(ProblemSink& sink) {
  static char lowest[] = "ALL";
  int code = 0, os_errno = 0, image_id = 0;
  char text[ISO_MSGS_MESSAGE_LEN > BURN_MSGS_MESSAGE_LEN ? ISO_MSGS_MESSAGE_LEN : BURN_MSGS_MESSAGE_LEN];
  char severity[80];
  while (iso_obtain_msgs(lowest, &code, &image_id, text, severity) > 0) {
    std::string message = text;
    if (message == kUnknownSource) continue;  // the ERRFILE event comes with the name, before the next message
    name_source(message, sink);
    sink.report({parse_severity(severity).value_or(Severity::fatal), std::move(message), 0, Origin::libisofs});
  }
  while (burn::burn_msgs_obtain(lowest, &code, text, &os_errno, severity) > 0) {
    // libisoburn submits its messages to the queue of libburn, with an own range of error codes.
    const bool from_isoburn = code >= 0x00060000 && code < 0x00070000;
    sink.report({parse_severity(severity).value_or(Severity::fatal), text, os_errno,
                 from_isoburn ? Origin::libisoburn : Origin::libburn});
  }
}

Problem problem_from_libisofs(int error_code, std::string_view what) {
  static_assert(sizeof(Severity) == sizeof(int));
  const char* text = iso_error_to_msg(error_code);
  std::string message(what);
  if (text != nullptr) message.append(message.empty() ? "" : " : ").append(text);
  return {static_cast<Severity>(iso_error_get_severity(error_code)), std::move(message), 0, Origin::libisofs};
}

LibraryVersions library_versions() {
  LibraryVersions v;
  int major = 0, minor = 0, micro = 0;
  iso_lib_version(&major, &minor, &micro);
  v.libisofs = version_text(major, minor, micro);
  burn::burn_version(&major, &minor, &micro);
  v.libburn = version_text(major, minor, micro);
  isoburn_version(&major, &minor, &micro);
  v.libisoburn = version_text(major, minor, micro);
  if (isoburn_libjte_req(&major, &minor, &micro) > 0) v.libjte = version_text(major, minor, micro);
  v.libburn_adapter = burn::burn_scsi_transport_id(0);
  return v;
}

}  // namespace core

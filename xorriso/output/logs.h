// SPDX-License-Identifier: GPL-3.0-or-later
//
// Log files: copies of the channels (-logfile), and the log of disk paths that caused problem events (-errfile_log).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "libcore/base/result.h"
#include "libcore/base/unique_fd.h"
#include "xorriso/output/packet.h"

namespace xorriso {

/// The four copies that -logfile offers: the packet stream of all channels, and one per channel.
enum class LogSlot { packets, result, info, mark };
constexpr LogSlot slot_of(Channel channel) {
  return channel == Channel::result ? LogSlot::result : channel == Channel::info ? LogSlot::info : LogSlot::mark;
}

class Logs {
 public:
  /// Ends the present log of the slot with its end line, then appends a start line to the file. "" and "-" only end.
  /// Not for use by several threads.
  core::Result<void> open(LogSlot slot, const std::string& path);
  bool is_open(LogSlot slot) const { return files_[index(slot)].fd.get() >= 0; }
  const std::string& path(LogSlot slot) const { return files_[index(slot)].path; }
  void write(LogSlot slot, std::string_view text);

 private:
  static std::size_t index(LogSlot slot) { return static_cast<std::size_t>(slot); }
  struct File { core::UniqueFd fd; std::string path; };
  std::array<File, 4> files_;
};

/// The log of -errfile_log. Its lines go to a file, or to a channel by the given function.
class ErrfileLog {
 public:
  using Output = void (*)(void* context, Channel channel, std::string_view text);
  ErrfileLog(Output output, void* context) : output_(output), context_(context) {}

  enum class Form { plain, marked };
  /// `path` is a file to append to; "-" and "-R" are the result channel, "-I" the info channel, "" is none.
  core::Result<void> open(Form form, const std::string& path);
  const std::string& path() const { return path_; }
  Form form() const { return form_; }

  /// One disk path that took part in a problem event.
  void add(std::string_view disk_path);
  /// A line with the time: "log start", "burn session start", ... Only in form `marked`.
  void mark(std::string_view what);

 private:
  void line(std::string_view prefix, std::string_view text);
  Output output_;
  void* context_;
  Form form_ = Form::plain;
  std::string path_;
  core::UniqueFd fd_;
};

}  // namespace xorriso

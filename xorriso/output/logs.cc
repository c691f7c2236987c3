// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/logs.h"

#include <fcntl.h>

#include <cerrno>
#include <ctime>

#include "libcore/base/text.h"

namespace xorriso {
namespace {

constexpr const char* kStartBar = "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!";
constexpr const char* kEndBar = "! end ! end ! end ! end ! end ! end ! end ! end";

/// "C61120.063905": the decade as letter (C = 202x), year digit, month, day, time of day.
std::string log_time() {
  const std::time_t now = std::time(nullptr);
  std::tm tm{};
  ::localtime_r(&now, &tm);
  const int year = tm.tm_year;
  const char decade = static_cast<char>(year < 100 ? '0' + year / 10 : 'A' + (year - 100) / 10);
  return core::strprintf("%c%d%2.2d%2.2d.%2.2d%2.2d%2.2d", decade, year % 10, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                         tm.tm_min, tm.tm_sec);
}

core::UniqueFd open_appending(const std::string& path) {
  return core::UniqueFd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
}

}  // namespace

core::Result<void> Logs::open(LogSlot slot, const std::string& path) {
  File& file = files_[index(slot)];
  const auto line = [&](const char* bar) {
    constexpr std::array kLetters{'.', 'R', 'I', 'M'};
    const char* prefix = slot == LogSlot::packets ? "I:1:" : "";
    write_all(file.fd.get(), core::strprintf("%s%s xorriso log : %c : %s\n", prefix, bar, kLetters[index(slot)], log_time().c_str()));
  };
  if (file.fd) line(kEndBar);
  file = {};
  if (path.empty() || path == "-") return {};
  file.fd = open_appending(path);
  if (!file.fd) return core::Problem{core::Severity::sorry, "Cannot open logfile:  " + path, 0};
  file.path = path;
  line(kStartBar);
  return {};
}

void Logs::write(LogSlot slot, std::string_view text) {
  if (is_open(slot)) write_all(files_[index(slot)].fd.get(), text);
}

core::Result<void> ErrfileLog::open(Form form, const std::string& path) {
  mark("log end");
  fd_.reset();
  path_.clear();
  form_ = form;
  const bool is_channel = path == "-" || path == "-R" || path == "-I";
  if (!path.empty() && !is_channel) {
    fd_ = open_appending(path);
    if (!fd_) return core::Problem{core::Severity::failure, "-errfile_log: Cannot open file " + core::shell_quote(path), 0};
  }
  path_ = path;
  mark("log start");
  return {};
}

void ErrfileLog::add(std::string_view disk_path) { line("ERRFILE=", disk_path); }

void ErrfileLog::mark(std::string_view what) {
  if (form_ != Form::marked || path_.empty()) return;
  const std::time_t now = std::time(nullptr);
  std::tm tm{};
  ::localtime_r(&now, &tm);
  char time[80];
  std::strftime(time, sizeof time, "%d %b %Y %H:%M:%S", &tm);
  const char* bar = path_ == "-I" ? "" : "----------------- ";
  line("ERRFILE_MARK=", bar + std::string(what) + "  " + time);
}

void ErrfileLog::line(std::string_view prefix, std::string_view text) {
  if (path_.empty()) return;
  const std::string plain = std::string(text) + "\n";
  if (fd_) write_all(fd_.get(), plain);
  else if (path_ == "-I") output_(context_, Channel::info, std::string(prefix) + plain);
  else output_(context_, Channel::result, plain);
}

}  // namespace xorriso

// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/program.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "libcore/base/libraries.h"
#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "xorriso/console.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/logs.h"
#include "xorriso/output/pager.h"
#include "xorriso/signals.h"
#include "xorriso/version.h"

namespace xorriso {
namespace {

using core::Severity;

std::string_view origin_prefix(core::Origin origin) {
  switch (origin) {
    case core::Origin::libisofs: return "libisofs: ";
    case core::Origin::libburn: return "libburn : ";
    case core::Origin::libisoburn: return "libisoburn: ";
    default: return "xorriso : ";
  }
}

void raise(std::atomic<Severity>& worst, Severity severity) {
  Severity seen = worst;
  while (seen < severity && !worst.compare_exchange_weak(seen, severity)) {
  }
}

}  // namespace

struct Program::State {
  explicit State(Program& program)
      : errfile_log([](void* p, Channel channel, std::string_view text) { static_cast<Program*>(p)->channels().write(channel, text); },
                    &program),
        pager(program),
        console(program) {}
  Channels channels;
  ErrfileLog errfile_log;
  Pager pager;
  Console console;
  std::mutex errfile_mutex;
  std::atomic<Severity> worst_of_command{Severity::all};
  std::atomic<Severity> worst_of_run{Severity::all};
  bool end_requested = false, discards_changes = false, in_dialog = false, libraries_started = false;
  int file_depth = 0;
};

Program::Program() : state_(std::make_unique<State>(*this)) {
  if (char* cwd = ::getcwd(nullptr, 0)) {
    settings.disk_cwd = cwd;
    std::free(cwd);
  } else {
    settings.disk_cwd = "/";
  }
  settings.image.texts.volume_id = "ISOIMAGE";
  settings.image.texts.preparer_id = program_id();
}

Program::~Program() = default;

void Program::report(core::Problem p) {
  raise(state_->worst_of_command, p.severity);
  raise(state_->worst_of_run, p.severity);
  if (p.severity == Severity::errfile) {
    const std::lock_guard lock(state_->errfile_mutex);
    state_->errfile_log.add(p.text);
  }
  if (!is_shown(p.severity)) return;
  std::string line(origin_prefix(p.origin));
  line.append(core::severity_name(p.severity)).append(" : ").append(p.text);
  if (p.os_errno > 0) line.append(" : ").append(std::strerror(p.os_errno));
  line += '\n';
  channels().write(Channel::info, line);
}

void Program::report(Severity severity, std::string text, int os_errno) {
  report({severity, std::move(text), os_errno, core::Origin::xorriso});
}

bool Program::fail(Severity severity, std::string text, int os_errno) {
  report(severity, std::move(text), os_errno);
  return false;
}

bool Program::is_shown(Severity severity) const {
  return severity >= settings.exceptions.report_about || severity >= settings.exceptions.abort_on;
}

void Program::result(std::string_view text) {
  if (state_->in_dialog && settings.dialog.page_length > 0) state_->pager.write(text);
  else channels().write(Channel::result, text);
}

void Program::info(std::string_view text) {
  if (is_shown(Severity::note)) channels().write(Channel::info, text);
}

void Program::mark(std::string_view text) { channels().write(Channel::mark, text); }

Channels& Program::channels() { return state_->channels; }
ErrfileLog& Program::errfile_log() { return state_->errfile_log; }
Pager& Program::pager() { return state_->pager; }
Console& Program::console() { return state_->console; }

void Program::apply_encoding() {
  const auto& codes = settings.scripting.backslash_codes;
  channels().set_encoding(codes.encode_results, codes.encode_infos);
}

void Program::drain() { if (state_->libraries_started) core::drain_library_messages(*this); }

Severity Program::worst_of_command() const { return state_->worst_of_command; }
Severity Program::worst_of_run() const { return state_->worst_of_run; }
void Program::set_worst_of_run(Severity severity) { state_->worst_of_run = severity; }

void Program::begin_command() {
  state_->worst_of_command = Severity::all;
  state_->pager.begin_command();
  progress.phase = core::Phase::idle;
}

bool Program::may_continue() {
  drain();
  if (caught_signal() != 0 || state_->pager.abort_requested()) return false;
  return worst_of_command() < settings.exceptions.abort_on;
}

void Program::request_end(Changes changes) {
  state_->end_requested = true;
  state_->discards_changes = changes == Changes::discard;
}

bool Program::end_requested() const { return state_->end_requested; }
bool Program::discards_changes() const { return state_->discards_changes; }
bool Program::in_dialog() const { return state_->in_dialog; }
void Program::set_in_dialog(bool on) { state_->in_dialog = on; }
int Program::file_depth() const { return state_->file_depth; }
std::shared_ptr<void> Program::enter_file() {
  int& depth = state_->file_depth;
  return {&++depth, [](void* d) { --*static_cast<int*>(d); }};
}
bool Program::libraries_started() const { return state_->libraries_started; }
void Program::set_libraries_started() { state_->libraries_started = true; }

bool Program::reassured(std::string_view command, std::string_view which_will) {
  if (!state_->in_dialog || settings.dialog.reassure == DialogSettings::Reassure::off) return true;
  const auto answer = [&](const char* verdict) { report(Severity::note, std::string(command) + verdict); };
  info("Really perform " + std::string(command) + " which will " + std::string(which_will) + " ? (y/n)\n");
  while (true) {
    const auto reply = state_->console.read_line_or_hangup();
    if (!reply) return false;
    if (*reply == "y" || *reply == "Y" || *reply == "r" || *reply == "R" || *reply == "@") return answer(" confirmed"), true;
    const bool is_no = reply->size() == 1 && std::string_view("nNiIxXqQ").find(*reply) != std::string_view::npos;
    if (reply->empty() || is_no || *reply == "@@@") return answer(" revoked"), false;
    info("--- Please enter one of : empty line, i,n, r,y, q,x, @, @@@\n");
  }
}

bool Program::has_pending_changes() const {
  if (settings.pending != Settings::Pending::as_is) return true;
  return image != nullptr && image->changed();
}

std::optional<std::string> Program::iso_path(std::string_view word) {
  auto path = core::normalize_path(settings.iso_cwd, word);
  if (path) return std::move(path).value();
  report(std::move(path).problem());
  return std::nullopt;
}

std::optional<std::string> Program::disk_path(std::string_view word) {
  auto path = core::normalize_path(settings.disk_cwd, word);
  if (path) return std::move(path).value();
  report(std::move(path).problem());
  return std::nullopt;
}

std::string Program::result_path(std::string_view path) const {
  return settings.scripting.sh_style_result ? std::string(path) : core::shell_quote(path);
}

}  // namespace xorriso

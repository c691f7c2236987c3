// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/program.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "xorriso/output/channels.h"
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

/// Resolves ".", ".." and repeated slashes of an absolute path.
std::string normalise(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const auto end = path.find('/');
    const auto part = path.substr(0, end);
    if (part == "..") {
      const auto last = out.rfind('/');
      if (last != out.npos) out.resize(last);
    } else if (!part.empty() && part != ".") {
      out.append("/").append(part);
    }
    path.remove_prefix(end == path.npos ? path.size() : end + 1);
  }
  return out.empty() ? "/" : out;
}

std::string absolute(std::string_view base, std::string_view word) {
  if (!word.empty() && word.front() == '/') return normalise(word);
  return normalise(std::string(base) + '/' + std::string(word));
}

}  // namespace

struct Program::State {
  Channels channels;
  std::atomic<Severity> worst_of_command{Severity::all};
  std::atomic<Severity> worst_of_run{Severity::all};
};

Program::Program() : state_(std::make_unique<State>()) {
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
  if (p.severity < settings.exceptions.report_about && p.severity < settings.exceptions.abort_on) return;
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

void Program::result(std::string_view text) { channels().write(Channel::result, text); }

void Program::info(std::string_view text) {
  if (Severity::note < settings.exceptions.report_about && Severity::note < settings.exceptions.abort_on) return;
  channels().write(Channel::info, text);
}

void Program::mark(std::string_view text) { channels().write(Channel::mark, text); }

Channels& Program::channels() { return state_->channels; }

void Program::drain() { core::drain_library_messages(*this); }

Severity Program::worst_of_command() const { return state_->worst_of_command; }
Severity Program::worst_of_run() const { return state_->worst_of_run; }
void Program::set_worst_of_run(Severity severity) { state_->worst_of_run = severity; }
void Program::begin_command() {
  state_->worst_of_command = Severity::all;
  progress.phase = core::Phase::idle;
}

bool Program::may_continue() {
  drain();
  return worst_of_command() < settings.exceptions.abort_on;
}

bool Program::has_pending_changes() const {
  if (settings.pending != Settings::Pending::as_is) return true;
  return image != nullptr && image->changed();
}

std::optional<std::string> Program::iso_path(std::string_view word) { return absolute(settings.iso_cwd, word); }

std::optional<std::string> Program::disk_path(std::string_view word) { return absolute(settings.disk_cwd, word); }

std::string Program::result_path(std::string_view path) const {
  return settings.scripting.sh_style_result ? std::string(path) : core::shell_quote(path);
}

}  // namespace xorriso
